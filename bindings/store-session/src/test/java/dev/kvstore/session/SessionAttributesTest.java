package dev.kvstore.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kvstore.MovedClock;
import dev.kvstore.secrets.Secrets;
import dev.kvstore.sqlite.SqliteKvStore;
import java.io.IOException;
import java.io.InvalidClassException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.core.serializer.support.SerializationFailedException;
import org.springframework.session.events.AbstractSessionEvent;
import org.springframework.session.events.SessionDeletedEvent;

/** Attributes that cannot be stored, or no longer be read. */
@ExtendWith(OutputCaptureExtension.class)
class SessionAttributesTest {

    private final MovedClock clock = new MovedClock();
    private final SqliteKvStore kv =
            SqliteKvStore.builder().inMemory().clock(clock).build();
    private final List<AbstractSessionEvent> events = new ArrayList<>();
    private final Codec codec = new Codec();
    private final KvSessionRepository repository = SessionsOfTest.in(kv, clock, codec, events);

    @AfterEach
    void close() {
        kv.close();
    }

    private String savedWith(String name, Object value) {
        KvSession session = repository.createSession();
        session.setAttribute(name, value);
        session.setAttribute("other", "1");
        repository.save(session);
        return session.getId();
    }

    @Test
    void attributesAreDecodedWhenTheyAreRead() {
        String id = savedWith("cart", new Cart(List.of("tea")));
        codec.decoded = 0;
        KvSession session = SessionsOfTest.find(repository, id);
        assertThat(session.getAttributeNames()).hasSize(2);
        assertThat(codec.decoded).isZero();
        session.getAttribute("cart");
        session.getAttribute("cart");

        assertThat(codec.decoded).isEqualTo(1);
    }

    @Test
    void anAttributeThatIsNotSerializableIsNamed() {
        KvSession session = repository.createSession();
        session.setAttribute("cart", Map.of("item", new Unserializable()));

        assertThatThrownBy(() -> repository.save(session))
                .isInstanceOf(SerializationFailedException.class)
                .hasMessageContaining("session attribute 'cart' of java.util.")
                .hasMessageContaining("(java.io.NotSerializableException: " + Unserializable.class.getName() + ")")
                .hasMessageContaining("kvstore.session.serialization")
                .satisfies(thrown -> assertThat(Secrets.textOf(thrown)).doesNotContain(Secrets.VALUE));
        assertThat(Stored.versions(kv)).isEmpty();
    }

    @Test
    void anAttributeThatCouldNotBeReadAgainIsRefusedAtOnce() {
        codec.ofDecoding = new InvalidClassException("com.example.Cart", "filter status: REJECTED");
        KvSession session = repository.createSession();
        session.setAttribute("cart", new Cart(List.of("tea")));

        assertThatThrownBy(() -> repository.save(session))
                .isInstanceOf(SerializationFailedException.class)
                .hasMessageContaining("session attribute 'cart'")
                .hasMessageContaining("filter status: REJECTED");
        assertThat(Stored.versions(kv)).isEmpty();
    }

    @Test
    void anErrorQuotesNoValue() {
        codec.ofEncoding = new IOException("cannot encode " + Secrets.VALUE);
        KvSession session = repository.createSession();
        session.setAttribute("cart", "1");

        assertThatThrownBy(() -> repository.save(session))
                .hasMessageContaining("(java.io.IOException)")
                .satisfies(thrown -> assertThat(Secrets.textOf(thrown)).doesNotContain(Secrets.VALUE));
    }

    @Test
    void aSessionWithAnAttributeThatCannotBeDecodedEnds() {
        String id = savedWith("cart", new Cart(List.of("tea")));
        codec.ofDecoding = new InvalidClassException("com.example.Cart", "local class incompatible");
        events.clear();
        KvSession session = SessionsOfTest.find(repository, id);

        assertThat(session.<Cart>getAttribute("cart")).isNull();
        assertThat(session.<String>getAttribute("other")).isNull();
        assertThat(session.getAttributeNames()).isEmpty();
        repository.save(session);

        assertThat(repository.findById(id)).isNull();
        assertThat(events).singleElement().isInstanceOf(SessionDeletedEvent.class);
        assertThat(Stored.versions(kv)).isEmpty();
    }

    @Test
    void theAttributeThatCannotBeDecodedIsLoggedOnce(CapturedOutput output) {
        for (int i = 0; i < 3; i++) {
            codec.ofDecoding = null;
            String id = savedWith("cart", new Cart(List.of(Secrets.VALUE)));
            codec.ofDecoding = new InvalidClassException("com.example.Cart", "local class incompatible");
            SessionsOfTest.find(repository, id).getAttribute("cart");
        }

        assertThat(output.getOut().lines().filter(line -> line.contains("WARN")))
                .singleElement()
                .satisfies(line -> assertThat(line)
                        .contains("'cart'")
                        .contains("com.example.Cart; local class incompatible")
                        .contains("log in again"));
    }

    @Test
    void anotherAttributeIsStillChangedWhileOneThatNobodyReadsCannotBeDecoded() {
        String id = savedWith("cart", new Cart(List.of("tea")));
        KvSession session = SessionsOfTest.find(repository, id);
        session.setAttribute("other", "2");
        codec.ofDecoding = new InvalidClassException("com.example.Cart", "local class incompatible");
        repository.save(session);
        codec.ofDecoding = null;

        assertThat(SessionsOfTest.find(repository, id).<String>getAttribute("other"))
                .isEqualTo("2");
    }

    @Test
    void aSessionPrintsNeitherItsIdNorItsAttributes() {
        KvSession session = SessionsOfTest.find(repository, savedWith("cart", Secrets.VALUE));

        assertThat(session + " " + session.stored().session()).doesNotContain(Secrets.VALUE);
    }

    /** A class whose author did not think of sessions. */
    static final class Unserializable {

        @Override
        public String toString() {
            return Secrets.VALUE;
        }
    }

    /** Java's serialization, with failures on demand. */
    private static final class Codec implements AttributeCodec {

        private final AttributeCodec jdk = new JdkAttributeCodec(Cart.class.getClassLoader(), "");
        private @Nullable IOException ofEncoding;
        private @Nullable IOException ofDecoding;
        private int decoded;

        @Override
        public byte[] encode(Object value) throws Exception {
            if (ofEncoding != null) {
                throw ofEncoding;
            }
            return jdk.encode(value);
        }

        @Override
        public Object decode(byte[] bytes) throws Exception {
            decoded++;
            if (ofDecoding != null) {
                throw ofDecoding;
            }
            return jdk.decode(bytes);
        }
    }
}
