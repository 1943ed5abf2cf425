package ipn.bench.gateway;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Converts {@code --gateway}: the name of a gateway that can be measured. */
public final class GatewayOption implements ITypeConverter<MeasuredGateway> {
    @Override
    public MeasuredGateway convert(String name) {
        try {
            return MeasuredGateway.named(name);
        } catch (IllegalArgumentException e) {
            throw new TypeConversionException(e.getMessage());
        }
    }
}
