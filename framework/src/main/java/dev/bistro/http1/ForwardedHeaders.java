package dev.bistro.http1;

import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides what is believed of the header fields in which proxies tell what they know of a client, and takes off all
 * others. For any thread.
 *
 * <pre>
 *   no such field ───────────────▶ the connection's own address and scheme
 *   the peer isn't trusted ──────▶ the same; all such fields are taken off
 *   the peer is trusted ─────────▶ those that it is said to write are read and kept, all others are taken off
 * </pre>
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc7239">RFC 7239</a>
 */
public final class ForwardedHeaders {
    private static final Logger LOG = LoggerFactory.getLogger(ForwardedHeaders.class);

    private final TrustedAddresses trusted;
    private final Set<ForwardedHeader> written;
    private final AtomicBoolean hasWarned = new AtomicBoolean();

    /** Believes the peers that are trusted, in the fields that they are said to write. */
    public ForwardedHeaders(TrustedAddresses trusted, Collection<ForwardedHeader> written) {
        this.trusted = trusted;
        this.written = EnumSet.noneOf(ForwardedHeader.class);
        this.written.addAll(written);
    }

    /** Believes nobody. */
    public static ForwardedHeaders none() {
        return new ForwardedHeaders(TrustedAddresses.parse(List.of()), List.of());
    }

    /**
     * Reads what the peer tells of the client, and takes the fields off that aren't believed.
     *
     * @param direct what is known without them
     */
    ClientSide read(RequestHead head, ClientSide direct) throws Rejection {
        return head.fields().tellsOfClient() ? readFields(head, direct) : direct;
    }

    /** Whether the peer is a proxy that is trusted. */
    boolean trust(ClientSide direct) {
        return direct.connection().source().filter(trusted::contains).isPresent();
    }

    private ClientSide readFields(RequestHead head, ClientSide direct) throws Rejection {
        FieldLines fields = head.headers();
        Optional<SocketAddress> source = direct.connection().source();
        if (!source.filter(trusted::contains).isPresent()) { // whoever it is that a proxy hides may write anything
            source.ifPresent(known -> warn(fields, known));
            head.setHeaders(fields.keep(i -> !fields.isForwarded(i)));
            return direct;
        }
        head.setHeaders(fields.keep(i -> !fields.isForwarded(i) || isWritten(fields, i)));
        return new ForwardedReading(head, trusted).clientSide(direct);
    }

    private boolean isWritten(FieldLines fields, int index) {
        return written.stream().anyMatch(header -> fields.hasName(index, header.fieldName()));
    }

    private void warn(FieldLines fields, SocketAddress peer) {
        if (hasWarned.compareAndSet(false, true)) {
            int first = IntStream.range(0, fields.size())
                    .filter(fields::isForwarded)
                    .findFirst()
                    .orElseThrow();
            LOG.warn(
                    "A request from {} had the header field {}, which is neither believed nor shown to the application."
                            + " If this is a proxy of yours, name it in server.proxy.trusted. This is said once",
                    peer instanceof InetSocketAddress ip ? ip.getAddress().getHostAddress() : "a Unix domain socket",
                    fields.name(first));
        }
    }
}
