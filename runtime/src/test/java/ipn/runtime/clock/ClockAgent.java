package ipn.runtime.clock;

import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.security.ProtectionDomain;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import org.jspecify.annotations.Nullable;

/** Lets the classes of Kafka and of the pipeline read the {@link SteppedClock} instead of the clock of the machine. */
public final class ClockAgent {
    private static final String CLOCK = "ipn/runtime/clock/";

    private ClockAgent() {}

    /** Called by the JVM before the main class. */
    public static void premain(String arguments, Instrumentation instrumentation) {
        instrumentation.addTransformer(new ClassFileTransformer() {
            @Override
            public byte @Nullable [] transform(
                    ClassLoader loader,
                    @Nullable String name,
                    @Nullable Class<?> type,
                    ProtectionDomain domain,
                    byte[] bytes) {
                return name != null && concerned(name) ? transformed(bytes) : null;
            }
        });
    }

    private static boolean concerned(String name) {
        return name.startsWith("org/apache/kafka/") || name.startsWith("ipn/") && !name.startsWith(CLOCK);
    }

    private static byte[] transformed(byte[] bytes) {
        var reader = new ClassReader(bytes);
        var writer = new ClassWriter(reader, 0);
        reader.accept(new OfClass(writer), 0);
        return writer.toByteArray();
    }

    private static final class OfClass extends ClassVisitor {
        OfClass(ClassWriter writer) {
            super(Opcodes.ASM9, writer);
        }

        @Override
        public MethodVisitor visitMethod(
                int access, String name, String descriptor, String signature, String[] exceptions) {
            return new OfMethod(super.visitMethod(access, name, descriptor, signature, exceptions));
        }
    }

    private static final class OfMethod extends MethodVisitor {
        OfMethod(MethodVisitor method) {
            super(Opcodes.ASM9, method);
        }

        @Override
        public void visitMethodInsn(int opcode, String owner, String name, String descriptor, boolean ofInterface) {
            var millis = owner.equals("java/lang/System") && name.equals("currentTimeMillis");
            var instant = owner.equals("java/time/Instant") && name.equals("now") && descriptor.startsWith("()");
            super.visitMethodInsn(
                    opcode, millis || instant ? CLOCK + "SteppedClock" : owner, name, descriptor, ofInterface);
        }
    }
}
