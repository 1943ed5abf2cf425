package ipn.projector.catalogue;

import java.util.Optional;

/**
 * What money is for, as one version of the catalogue has it.
 *
 * @param catalogue the version that judges
 * @param product empty where that version has no product of the words that name it
 */
public record JudgedProduct(ProductCatalogue catalogue, Optional<Product> product) {
    /** A product that the version has. */
    public static JudgedProduct known(ProductCatalogue catalogue, Product product) {
        return new JudgedProduct(catalogue, Optional.of(product));
    }

    /** The product that a name of the version's own names. */
    public static JudgedProduct named(ProductCatalogue catalogue, String name) {
        return new JudgedProduct(catalogue, catalogue.get(name));
    }
}
