package ipn.bench.gateway;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** {@code --gateway}: the name of one that can be measured. */
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
