package ipn.projector;

import io.micrometer.core.instrument.MeterRegistry;
import ipn.avro.Allocation;
import ipn.avro.AppliedCatalogues;
import ipn.avro.BrakeCommand;
import ipn.avro.BrakeStatus;
import ipn.avro.Claim;
import ipn.avro.Decision;
import ipn.avro.Discrepancy;
import ipn.avro.Entitlement;
import ipn.avro.EntitlementClaims;
import ipn.avro.EntitlementEvent;
import ipn.avro.FraudFlags;
import ipn.avro.FraudRevisit;
import ipn.avro.LedgerEntry;
import ipn.avro.NotificationCommand;
import ipn.avro.Order;
import ipn.avro.OrderAllocation;
import ipn.avro.Outcome;
import ipn.avro.PartitionBrake;
import ipn.avro.PaymentAllocation;
import ipn.avro.StoredDecision;
import ipn.projector.access.EntitlementUpdate;
import ipn.projector.allocation.PaymentAllocator;
import ipn.projector.allocation.PriceMatcher;
import ipn.projector.brake.Brake;
import ipn.projector.catalogue.CatalogueHistory;
import ipn.projector.deadletter.DeadLetter;
import ipn.projector.deadletter.UnprocessableToDeadLetter;
import ipn.projector.entitlement.EntitlementAssembler;
import ipn.projector.notification.NotificationPolicy;
import ipn.projector.notification.NotificationRules;
import ipn.projector.order.OrderAllocator;
import ipn.projector.stream.AllocatePayment;
import ipn.projector.stream.BrakeStatusReporter;
import ipn.projector.stream.BrakeStore;
import ipn.projector.stream.DecisionStore;
import ipn.projector.stream.DueTimes;
import ipn.projector.stream.EffectiveHistories;
import ipn.projector.stream.EntitlementNode;
import ipn.projector.stream.EntitlementStore;
import ipn.projector.stream.FraudBlocks;
import ipn.projector.stream.MatchOrder;
import ipn.projector.stream.ProjectorMeters;
import ipn.projector.stream.ReadOrder;
import ipn.projector.stream.ReadRecord;
import ipn.projector.stream.ReceiveBrakeCommand;
import ipn.projector.stream.ReceiveDecision;
import ipn.projector.stream.RecordTime;
import ipn.projector.stream.ShadowEntitlementNode;
import ipn.projector.stream.Side;
import ipn.projector.stream.SubjectPartitioner;
import ipn.runtime.streams.PacedCommits;
import ipn.runtime.streams.TracedRecords;
import ipn.topics.KafkaSettings;
import ipn.topics.TopicCatalogue;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.state.KeyValueBytesStoreSupplier;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/**
 * Outcomes, orders, decisions and brake commands in; entitlements, notifications, discrepancies, ledger entries and dead letters out. Read
 * {@link #build()} from top to bottom: that is the order of processing. Names of nodes and stores are storage formats.
 */
public final class EntitlementTopology {
    // spotless:off
    private static final String OUTCOMES       = "outcomes";
    private static final String ORDERS         = "orders";
    private static final String DEAD_LETTERS   = "unprocessable-to-dead-letter";
    private static final String READ_ORDER     = "read-order";
    private static final String DECISIONS      = "decisions";
    private static final String DECIDE         = "receive-decision";
    private static final String PAYMENT_DECIDED = ReceiveDecision.TO_PAYMENTS;
    private static final String ORDER_DECIDED  = ReceiveDecision.TO_ORDERS;
    private static final String PAYMENTS_AGAIN = ReceiveDecision.TO_ALL_PAYMENTS;
    private static final String ORDERS_AGAIN   = ReceiveDecision.TO_ALL_ORDERS;
    private static final String ALLOCATIONS    = "allocations";
    private static final String ON_STATE       = "allocate-payment-state";
    private static final String ON_MESSAGE     = "allocate-payment-message";
    private static final String MATCH_ORDER    = "match-order";
    private static final String SHADOW_ON_STATE = "shadow-allocate-payment-state";
    private static final String SHADOW_ON_MESSAGE = "shadow-allocate-payment-message";
    private static final String SHADOW_MATCH_ORDER = "shadow-match-order";
    private static final String SHADOW_ENTITLE = "shadow-entitle";
    private static final String CLAIMS         = "claims";
    private static final String ENTITLE        = "entitle";
    private static final String BRAKE_COMMANDS = "brake-commands";
    private static final String BRAKE          = "brake";
    private static final String TO_DEAD_LETTERS_OF_CLAIMS = "dead-letters-of-claims-out";
    // spotless:on

    /** The stores whose values are Avro, so that the schemas of their changelogs can be registered before the start. */
    static final Map<String, Class<? extends SpecificRecord>> AVRO_STORES = Map.ofEntries(
            Map.entry(AllocatePayment.STORE, PaymentAllocation.class),
            Map.entry(MatchOrder.STORE, OrderAllocation.class),
            Map.entry(Side.SHADOW.store(AllocatePayment.STORE), PaymentAllocation.class),
            Map.entry(Side.SHADOW.store(MatchOrder.STORE), OrderAllocation.class),
            Map.entry(AllocatePayment.APPLIED, AppliedCatalogues.class),
            Map.entry(DecisionStore.STORE, StoredDecision.class),
            Map.entry(EntitlementStore.STORE, EntitlementClaims.class),
            Map.entry(ShadowEntitlementNode.STORE, EntitlementClaims.class),
            Map.entry(FraudBlocks.FLAGS, FraudFlags.class),
            Map.entry(FraudBlocks.REVISITS, FraudRevisit.class),
            Map.entry(BrakeStore.STATE, PartitionBrake.class));

    /** The nodes that allocate money. */
    private static final String[] ALLOCATING = {
        ON_STATE, ON_MESSAGE, MATCH_ORDER, PAYMENT_DECIDED, ORDER_DECIDED, PAYMENTS_AGAIN, ORDERS_AGAIN
    };

    /** The nodes that make claims: by money, and by decisions of people. */
    private static final String[] CLAIMING = {
        ON_STATE, ON_MESSAGE, MATCH_ORDER, PAYMENT_DECIDED, ORDER_DECIDED, PAYMENTS_AGAIN, ORDERS_AGAIN, DECIDE
    };

    /** The nodes that allocate money of accounts in mode shadow. */
    private static final String[] SHADOW_ALLOCATING = {SHADOW_ON_STATE, SHADOW_ON_MESSAGE, SHADOW_MATCH_ORDER};

    private final Topology topology = new Topology();
    private final KafkaSettings kafka;
    private final CatalogueHistory catalogues;
    private final EffectiveHistories histories;
    private final Safeguards safeguards;
    private final NotificationPolicy notifying;
    private final TracedRecords traces;
    private final ProjectorMeters meters;
    private final Clock clock;
    private final Function<String, KeyValueBytesStoreSupplier> stores;

    private EntitlementTopology(
            KafkaSettings kafka,
            CatalogueHistory catalogues,
            Safeguards safeguards,
            NotificationPolicy notifying,
            TracedRecords traces,
            ProjectorMeters meters,
            Clock clock,
            Function<String, KeyValueBytesStoreSupplier> stores) {
        this.kafka = kafka;
        this.catalogues = catalogues;
        this.histories = new EffectiveHistories(catalogues);
        this.safeguards = safeguards;
        this.notifying = notifying;
        this.traces = traces;
        this.meters = meters;
        this.clock = clock;
        this.stores = stores;
    }

    /** As the other, without spans. */
    public static Topology build(
            KafkaSettings kafka,
            CatalogueHistory catalogues,
            Safeguards safeguards,
            NotificationPolicy notifying,
            MeterRegistry meters,
            Clock clock,
            Function<String, KeyValueBytesStoreSupplier> stores) {
        return build(kafka, catalogues, safeguards, notifying, TracedRecords.PASSED_ON, meters, clock, stores);
    }

    /**
     * The projector's topology.
     *
     * @param catalogues what is and was sold
     * @param safeguards against wrong or hostile notifications
     * @param notifying when subjects are notified
     * @param traces of its records
     * @param clock decides when what is paid for has run out
     * @param stores a store by name: on disk, or in memory for tests
     */
    public static Topology build(
            KafkaSettings kafka,
            CatalogueHistory catalogues,
            Safeguards safeguards,
            NotificationPolicy notifying,
            TracedRecords traces,
            MeterRegistry meters,
            Clock clock,
            Function<String, KeyValueBytesStoreSupplier> stores) {
        return new EntitlementTopology(
                        kafka, catalogues, safeguards, notifying, traces, new ProjectorMeters(meters), clock, stores)
                .build();
    }

    private Topology build() {
        readOutcomes();
        readOrders();
        receiveDecisions();
        readAllocations();
        emitDeadLetters();
        allocatePayments();
        matchOrders();
        allocateInShadow();
        emitAllocations();
        emitDiscrepancies();
        emitLedgerEntries();
        emitClaims();
        readClaims();
        readBrakeCommands();
        emitDeadLettersOfClaims();
        deriveEntitlements();
        emitTransferredClaims();
        deriveShadowEntitlements();
        emitEntitlements();
        emitNotifications();
        receiveBrakeCommands();
        emitBrakeStatus();
        return topology;
    }

    /** One outcome for each raw record. */
    private void readOutcomes() {
        read(
                OUTCOMES,
                TopicCatalogue.OUTCOMES,
                Outcome.class,
                ReadOrder.TO_DEAD_LETTERS,
                DEAD_LETTERS,
                ON_STATE,
                SHADOW_ON_STATE);
    }

    /** What checkouts expect. They are not ours, so key and value are read as bytes, and what is no order is a dead letter. */
    private void readOrders() {
        var bytes = Serdes.ByteArray().deserializer();
        topology.addSource(ORDERS, bytes, bytes, name(TopicCatalogue.ORDERS));
        add(
                READ_ORDER,
                followed(() -> new ReadOrder(values(Order.class).deserializer(), meters.deadLetters())),
                ORDERS);
    }

    /** What people decide about payments, orders and subjects, whatever the order in which it comes. */
    private void receiveDecisions() {
        var bytes = Serdes.ByteArray().deserializer();
        topology.addSource(DECISIONS, bytes, bytes, name(TopicCatalogue.DECISIONS));
        add(
                DECIDE,
                followed(() -> new ReceiveDecision(
                        values(Decision.class).deserializer(), catalogues.approval(), meters, clock)),
                DECISIONS);
        avroStore(DecisionStore.STORE, DECIDE);
        dueTimes(DecisionStore.DUE_STORE, DECIDE);
    }

    private void readAllocations() {
        read(
                ALLOCATIONS,
                TopicCatalogue.ALLOCATIONS,
                Allocation.class,
                ReadOrder.TO_DEAD_LETTERS,
                ON_MESSAGE,
                MATCH_ORDER,
                SHADOW_ON_MESSAGE,
                SHADOW_MATCH_ORDER);
    }

    /** What could not be processed, byte for byte as it was, in the partition of its source. */
    private void emitDeadLetters() {
        add(DEAD_LETTERS, () -> new UnprocessableToDeadLetter(meters.deadLetters()), reader(OUTCOMES));
        deadLetters(ReadOrder.TO_DEAD_LETTERS, DEAD_LETTERS, READ_ORDER, DECIDE, reader(OUTCOMES), reader(ALLOCATIONS));
    }

    /**
     * The money of a payment counts for itself, or for what it pays: an invoice receives it on its own key, over a topic with the same
     * partitions. So the own state of a key and the messages to it meet in one store.
     */
    private void allocatePayments() {
        var allocator = new PaymentAllocator(new PriceMatcher(catalogues), clock);
        add(ON_STATE, () -> new AllocatePayment.OnState(allocator, Side.LIVE, histories, meters), reader(OUTCOMES));
        add(
                ON_MESSAGE,
                () -> new AllocatePayment.OnMessage(allocator, Side.LIVE, histories, meters),
                reader(ALLOCATIONS));
        add(PAYMENT_DECIDED, () -> new AllocatePayment.OnDecision(allocator, histories, meters), DECIDE);
        add(PAYMENTS_AGAIN, () -> new AllocatePayment.OnCatalogue(allocator, histories, meters), DECIDE);
        avroStore(AllocatePayment.STORE, ON_STATE, ON_MESSAGE, PAYMENT_DECIDED, PAYMENTS_AGAIN);
        dueTimes(AllocatePayment.DUE_STORE, ON_STATE, ON_MESSAGE, PAYMENT_DECIDED, PAYMENTS_AGAIN);
    }

    /** The money of a payment that names an order counts for that order. Order and money arrive in the same topic, in any order. */
    private void matchOrders() {
        var allocator = new OrderAllocator(new PriceMatcher(catalogues), clock);
        add(MATCH_ORDER, () -> new MatchOrder.OnMessage(allocator, Side.LIVE, histories, meters), reader(ALLOCATIONS));
        add(ORDER_DECIDED, () -> new MatchOrder.OnDecision(allocator, histories, meters), DECIDE);
        add(ORDERS_AGAIN, () -> new MatchOrder.OnCatalogue(allocator, histories, meters), DECIDE);
        avroStore(MatchOrder.STORE, MATCH_ORDER, ORDER_DECIDED, ORDERS_AGAIN);
        dueTimes(MatchOrder.DUE_STORE, MATCH_ORDER, ORDER_DECIDED, ORDERS_AGAIN);
        avroStore(AllocatePayment.APPLIED, PAYMENTS_AGAIN, ORDERS_AGAIN);
    }

    /** The same for accounts in mode shadow, in stores of their own. */
    private void allocateInShadow() {
        var payments = new PaymentAllocator(new PriceMatcher(catalogues), clock);
        var orders = new OrderAllocator(new PriceMatcher(catalogues), clock);
        add(
                SHADOW_ON_STATE,
                () -> new AllocatePayment.OnState(payments, Side.SHADOW, histories, meters),
                reader(OUTCOMES));
        add(
                SHADOW_ON_MESSAGE,
                () -> new AllocatePayment.OnMessage(payments, Side.SHADOW, histories, meters),
                reader(ALLOCATIONS));
        add(
                SHADOW_MATCH_ORDER,
                () -> new MatchOrder.OnMessage(orders, Side.SHADOW, histories, meters),
                reader(ALLOCATIONS));
        avroStore(Side.SHADOW.store(AllocatePayment.STORE), SHADOW_ON_STATE, SHADOW_ON_MESSAGE);
        dueTimes(Side.SHADOW.store(AllocatePayment.DUE_STORE), SHADOW_ON_STATE, SHADOW_ON_MESSAGE);
        avroStore(Side.SHADOW.store(MatchOrder.STORE), SHADOW_MATCH_ORDER);
        dueTimes(Side.SHADOW.store(MatchOrder.DUE_STORE), SHADOW_MATCH_ORDER);
        topology.connectProcessorAndStateStores(SHADOW_MATCH_ORDER, MatchOrder.STORE);
    }

    private void emitAllocations() {
        sink(
                AllocatePayment.TO_ALLOCATIONS,
                TopicCatalogue.ALLOCATIONS,
                Allocation.class,
                ON_STATE,
                ON_MESSAGE,
                PAYMENT_DECIDED,
                READ_ORDER,
                SHADOW_ON_STATE,
                SHADOW_ON_MESSAGE);
    }

    /** Money that does not match, for as long as it does not. */
    private void emitDiscrepancies() {
        sink(AllocatePayment.TO_DISCREPANCIES, TopicCatalogue.DISCREPANCIES, Discrepancy.class, ALLOCATING);
        sink(
                Side.SHADOW.store(AllocatePayment.TO_DISCREPANCIES),
                TopicCatalogue.SHADOW_DISCREPANCIES,
                Discrepancy.class,
                SHADOW_ALLOCATING);
    }

    /** The ledger follows each change of payments and of what their money is for. */
    private void emitLedgerEntries() {
        sink(AllocatePayment.TO_LEDGER, TopicCatalogue.LEDGER, LedgerEntry.class, ALLOCATING);
    }

    /** Money that matches makes a claim; all claims of a subject meet on the subject's key. */
    private void emitClaims() {
        var claiming = Stream.concat(Stream.of(CLAIMING), Stream.of(SHADOW_ALLOCATING));
        sink(AllocatePayment.TO_CLAIMS, TopicCatalogue.CLAIMS, Claim.class, claiming.toArray(String[]::new));
    }

    private void readClaims() {
        read(CLAIMS, TopicCatalogue.CLAIMS, Claim.class, TO_DEAD_LETTERS_OF_CLAIMS, ENTITLE, SHADOW_ENTITLE);
    }

    private void readBrakeCommands() {
        read(BRAKE_COMMANDS, TopicCatalogue.BRAKE, BrakeCommand.class, TO_DEAD_LETTERS_OF_CLAIMS, BRAKE);
    }

    /** A sink of their own, because a shared one would join the two halves of the topology. */
    private void emitDeadLettersOfClaims() {
        deadLetters(TO_DEAD_LETTERS_OF_CLAIMS, reader(CLAIMS), reader(BRAKE_COMMANDS));
    }

    /** Access is what all claims of a subject to an entitlement add up to now. */
    private void deriveEntitlements() {
        var update = new EntitlementUpdate(catalogues::product);
        var assembler = new EntitlementAssembler(new NotificationRules(notifying, catalogues::product));
        add(
                ENTITLE,
                () -> new EntitlementNode(update, safeguards, this::brake, assembler, meters, clock),
                reader(CLAIMS));
        avroStore(EntitlementStore.STORE, ENTITLE);
        dueTimes(EntitlementStore.DUE_STORE, ENTITLE);
        avroStore(FraudBlocks.FLAGS, ENTITLE);
        avroStore(FraudBlocks.REVISITS, ENTITLE);
        // it changes with nearly each entitlement: within a transaction in memory, and once in the store at its end
        topology.addStateStore(
                builder(BrakeStore.STATE, values(PartitionBrake.class)).withCachingEnabled(), ENTITLE);
        store(BrakeStore.QUEUE, Serdes.String(), ENTITLE);
    }

    /** Claims of purchases that a person transferred; a sink of its own, because a shared one would join the two halves. */
    private void emitTransferredClaims() {
        sink(EntitlementNode.TO_TRANSFERRED, TopicCatalogue.CLAIMS, Claim.class, ENTITLE);
    }

    /** What accounts in mode shadow would give: only its newest state is emitted. */
    private void deriveShadowEntitlements() {
        var update = new EntitlementUpdate(catalogues::product);
        add(SHADOW_ENTITLE, () -> new ShadowEntitlementNode(update, meters, clock), reader(CLAIMS));
        avroStore(ShadowEntitlementNode.STORE, SHADOW_ENTITLE);
        dueTimes(ShadowEntitlementNode.DUE_STORE, SHADOW_ENTITLE);
        topology.addSink(
                ShadowEntitlementNode.TO_STATE,
                name(TopicCatalogue.SHADOW_STATE),
                Serdes.String().serializer(),
                values(Entitlement.class).serializer(),
                new SubjectPartitioner(),
                SHADOW_ENTITLE);
    }

    /** Changes of access, by a claim or by the clock, unless the brake withholds them; and the newest state of each entitlement. */
    private void emitEntitlements() {
        sink(EntitlementStore.TO_EVENTS, TopicCatalogue.ENTITLEMENTS, EntitlementEvent.class, ENTITLE);
        topology.addSink(
                EntitlementStore.TO_STATE,
                name(TopicCatalogue.ENTITLEMENT_STATE),
                Serdes.String().serializer(),
                TracedRecords.carried(values(Entitlement.class).serializer()),
                new SubjectPartitioner(),
                ENTITLE);
    }

    /** What subjects are notified of, when nothing has changed for a while. */
    private void emitNotifications() {
        sink(EntitlementStore.TO_NOTIFICATIONS, TopicCatalogue.NOTIFICATIONS, NotificationCommand.class, ENTITLE);
    }

    /** What people decide about withheld revocations, partition by partition. */
    private void receiveBrakeCommands() {
        add(BRAKE, () -> new ReceiveBrakeCommand(meters), reader(BRAKE_COMMANDS));
        topology.connectProcessorAndStateStores(BRAKE, EntitlementStore.STORE, BrakeStore.STATE, BrakeStore.QUEUE);
    }

    private void emitBrakeStatus() {
        topology.addSink(
                BrakeStatusReporter.TO_STATUS,
                name(TopicCatalogue.BRAKE_STATUS),
                Serdes.String().serializer(),
                values(BrakeStatus.class).serializer(),
                BrakeStatusReporter.BY_PARTITION,
                ENTITLE);
    }

    /** A node; where the clock is that of the records, it follows them. */
    private <KIn, VIn, KOut, VOut> void add(
            String name, ProcessorSupplier<KIn, VIn, KOut, VOut> node, String... parents) {
        topology.addProcessor(name, RecordTime.following(clock, node), parents);
    }

    private Brake brake(int partition) {
        return new Brake(safeguards.brake(), partition, kafka.topics().partitions());
    }

    /** A topic as bytes, and the node that reads them as records. */
    private <T extends SpecificRecord> void read(
            String source, String topic, Class<T> type, String deadLetters, String... receivers) {
        var bytes = Serdes.ByteArray().deserializer();
        topology.addSource(source, bytes, bytes, name(topic));
        add(
                reader(source),
                followed(() -> new ReadRecord<>(
                        values(type).deserializer(),
                        type.getSimpleName(),
                        deadLetters,
                        List.of(receivers),
                        meters.deadLetters())),
                source);
    }

    /** The node behind a source: what it processes is committed, and belongs to a trace. */
    private <KIn, VIn, KOut, VOut> ProcessorSupplier<KIn, VIn, KOut, VOut> followed(
            ProcessorSupplier<KIn, VIn, KOut, VOut> node) {
        return PacedCommits.noting(traces.following(node));
    }

    private static String reader(String source) {
        return "read-" + source;
    }

    private void deadLetters(String sink, String... parents) {
        topology.addSink(
                sink, name(TopicCatalogue.DLQ), DeadLetter.keys(), DeadLetter.values(), DeadLetter.AS_SOURCE, parents);
    }

    private void sink(String node, String topic, Class<? extends SpecificRecord> type, String... parents) {
        topology.addSink(
                node,
                name(topic),
                Serdes.String().serializer(),
                TracedRecords.carried(values(type).serializer()),
                parents);
    }

    /** A store of one of the types in {@link #AVRO_STORES}. */
    private void avroStore(String name, String... users) {
        store(name, values(Objects.requireNonNull(AVRO_STORES.get(name))), users);
    }

    private void dueTimes(String name, String... users) {
        topology.addStateStore(DueTimes.builder(builder(name, Serdes.String())), users);
    }

    private <V> void store(String name, Serde<V> values, String... users) {
        topology.addStateStore(builder(name, values), users);
    }

    private <V> StoreBuilder<KeyValueStore<String, V>> builder(String name, Serde<V> values) {
        return Stores.keyValueStoreBuilder(stores.apply(name), Serdes.String(), values)
                .withCachingDisabled();
    }

    private <T extends SpecificRecord> Serde<T> values(Class<T> type) {
        return kafka.serdes().values(type);
    }

    private String name(String topic) {
        return kafka.topics().name(topic);
    }
}
