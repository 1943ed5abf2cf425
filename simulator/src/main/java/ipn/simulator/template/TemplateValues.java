package ipn.simulator.template;

import com.fasterxml.jackson.databind.node.NullNode;
import ipn.fact.Fact.ReferenceName;
import ipn.simulator.Sample;
import ipn.simulator.Sender;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The values that fill one template: those of the sample and of the sender, which every template can use, and those given for
 * this template, which it has to use. A text, number or boolean stays what it is in JSON; an empty {@link Optional} removes what
 * contains its placeholder, and null becomes JSON's null.
 */
public final class TemplateValues {
    private static final String SETTING = "setting.";
    private static final Pattern DIGITS = Pattern.compile("\\d{1,18}");

    private static final Map<String, Function<TemplateValues, Object>> STANDARD = standard();

    private final Sample sample;
    private final Sender sender;
    private final Map<String, Object> given;

    private TemplateValues(Sample sample, Sender sender, Map<String, Object> given) {
        this.sample = sample;
        this.sender = sender;
        this.given = given;
    }

    public static TemplateValues of(Sample sample, Sender sender) {
        return new TemplateValues(sample, sender, Map.of());
    }

    private static Map<String, Function<TemplateValues, Object>> standard() {
        var names = new TreeMap<String, Function<TemplateValues, Object>>();
        // spotless:off
        names.put("event",                v -> v.sample.ids().event());
        names.put("payment",              v -> v.sample.ids().payment());
        names.put("invoice",              v -> v.sample.ids().invoice());
        names.put("subscription",         v -> v.sample.ids().subscription());
        names.put("payment.number",       v -> number(v.sample.ids().payment()));
        names.put("subscription.number",  v -> number(v.sample.ids().subscription()));
        names.put("event.suffix",         v -> suffix(v.sample.ids().event()));
        names.put("payment.suffix",       v -> suffix(v.sample.ids().payment()));
        names.put("invoice.suffix",       v -> suffix(v.sample.ids().invoice()));
        names.put("subscription.suffix",  v -> suffix(v.sample.ids().subscription()));
        names.put("amount",               v -> v.sample.amount().minorUnits());
        names.put("amount.digits",        v -> Long.toString(v.sample.amount().minorUnits()));
        names.put("amount.decimal",       v -> Decimals.text(v.sample.amount()));
        names.put("currency",             v -> v.sample.amount().currency());
        names.put("currency.lowercase",   v -> v.sample.amount().currency().toLowerCase(Locale.ROOT));
        names.put("at",                   v -> v.sample.at().toString());
        names.put("at.seconds",           v -> v.sample.at().getEpochSecond());
        names.put("at.millis",            v -> v.sample.at().toEpochMilli());
        names.put("at.seconds.digits",    v -> Long.toString(v.sample.at().getEpochSecond()));
        names.put("at.millis.digits",     v -> Long.toString(v.sample.at().toEpochMilli()));
        names.put("period.start",         v -> v.sample.period().from().toString());
        names.put("period.start.seconds", v -> v.sample.period().from().getEpochSecond());
        names.put("period.start.millis",  v -> v.sample.period().from().toEpochMilli());
        names.put("period.end",           v -> v.sample.period().until().toString());
        names.put("period.end.seconds",   v -> v.sample.period().until().getEpochSecond());
        names.put("period.end.millis",    v -> v.sample.period().until().toEpochMilli());
        names.put("order",                v -> v.sample.reference(ReferenceName.ORDER));
        names.put("subject",              v -> v.sample.reference(ReferenceName.SUBJECT));
        names.put("product",              v -> v.sample.reference(ReferenceName.PRODUCT));
        names.put("reference",            v -> v.sample.reference(ReferenceName.REFERENCE));
        names.put("metadata",             v -> Metadata.of(v.sample));
        names.put("live",                 v -> v.sender.account().live());
        // spotless:on
        return names;
    }

    /** The same with one more value, which the template has to use. */
    public TemplateValues with(String name, @Nullable Object value) {
        if (STANDARD.containsKey(name) || name.startsWith(SETTING)) {
            throw new TemplateException(name + ": is the name of a standard value (expected: another name)");
        }
        var more = new HashMap<>(given);
        more.put(name, value == null ? NullNode.getInstance() : value);
        return new TemplateValues(sample, sender, more);
    }

    /** The same with one more value if the condition holds; otherwise the optional placeholder of that name has no value. */
    public TemplateValues withIf(boolean condition, String name, Supplier<?> value) {
        return with(name, condition ? Optional.of(value.get()) : Optional.empty());
    }

    public Sample sample() {
        return sample;
    }

    /** The value of that name; an {@link Optional} where it may be absent. */
    Optional<Object> find(String name) {
        if (name.startsWith(SETTING)) {
            return Optional.of(sender.setting(name.substring(SETTING.length())));
        }
        return Optional.<Object>ofNullable(given.get(name))
                .or(() -> Optional.ofNullable(STANDARD.get(name)).map(value -> value.apply(this)));
    }

    Set<String> given() {
        return given.keySet();
    }

    static String standardNames() {
        return String.join(", ", STANDARD.keySet()) + ", " + SETTING + "NAME";
    }

    /** An id of a gateway whose ids are numbers; a text if it is none, because somebody chose it. */
    public static Object number(String id) {
        return DIGITS.matcher(id).matches() ? (Object) Long.valueOf(id) : id;
    }

    /** What follows the prefix that gateways put before their ids. */
    private static String suffix(String id) {
        return id.substring(id.indexOf('_') + 1);
    }

    @Override
    public String toString() {
        return "TemplateValues" + new TreeSet<>(given.keySet());
    }
}
