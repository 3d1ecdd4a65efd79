package dev.bistro.net;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.security.cert.CertificateException;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A connection before its protocol begins: reads the header of the PROXY protocol, and shakes hands for TLS.
 *
 * <pre>
 *   accepted ──▶ PROXY_HEADER ──▶ HANDSHAKE ──▶ the protocol begins
 *                                  │  ▲   └ plain text: answered, lingering, closed
 *                                  ▼  │
 *                                 TASKS  on a thread of their own; the socket isn't read
 *
 *   anything wrong, or too slow ──▶ closed
 * </pre>
 *
 * <p>Belongs to the leader of its loop; during TASKS, the TLS engine belongs to the thread that runs them.
 */
final class Opening extends MailReceiver implements SelectionHandler {
    private static final Logger LOG = LoggerFactory.getLogger(Opening.class);

    // the kinds of mail
    static final int START = 1;
    private static final int TASKS_DONE = 2;

    private enum Stage {
        PROXY_HEADER,
        HANDSHAKE,
        TASKS,
        LINGER,
        OVER
    }

    private final SocketConnection connection;
    private final SocketChannel channel;
    private final Listener listener;
    private final EventLoop loop;
    private final NetServer server;
    private final Registration registration;
    private final long startedMillis;
    private final long sessionsBefore; // a session that was made later is of this handshake
    private Stage stage;
    private byte[] head = Input.nothing();
    private TlsWire tls;
    private Linger linger;
    private boolean clientChecked;
    /** Written by the thread that runs tasks, read when its mail has come. */
    private volatile Throwable taskFault;

    Opening(SocketConnection connection, SocketChannel channel, Listener listener, EventLoop loop, NetServer server) {
        this.connection = connection;
        this.channel = channel;
        this.listener = listener;
        this.loop = loop;
        this.server = server;
        this.registration = new Registration(channel);
        this.startedMillis = loop.nowMillis();
        this.sessionsBefore = System.currentTimeMillis();
        boolean isProxied = listener.sendsProxyHeader().test(connection.peerAddress());
        if (isProxied) {
            connection.awaitRemoteAddress();
        }
        this.stage = isProxied ? Stage.PROXY_HEADER : Stage.HANDSHAKE;
    }

    /** Whether something comes before the protocol of a peer's connection. */
    static boolean isNeeded(Listener listener, SocketAddress peer) {
        return listener.tls().isPresent() || listener.sendsProxyHeader().test(peer);
    }

    @Override
    void readMail() {
        int kinds = takeMail();
        if (stage == Stage.OVER) {
            return;
        }
        try {
            if (loop.isEnded()) {
                close();
                return;
            }
            if ((kinds & START) != 0) {
                registration.begin(loop.selector(), SelectionKey.OP_READ, this);
                loop.openings().add(this);
                dropOldest();
            }
            if ((kinds & TASKS_DONE) != 0) {
                stage = Stage.HANDSHAKE;
                loop.enqueue(this);
            }
        } catch (Throwable fault) {
            fail(fault);
        }
    }

    /** Clients that stall mustn't keep others out. */
    private void dropOldest() {
        if (loop.openings().size() > server.maxOpeningsPerLoop()) {
            loop.openings().iterator().next().drop(DropReason.HANDSHAKE, "there are too many under way");
        }
    }

    @Override
    public boolean onSelected(SelectionKey key) {
        if (stage == Stage.TASKS) {
            registration.await(0); // only where the client goes on meanwhile: changing it costs two system calls
            return false;
        }
        return stage != Stage.OVER;
    }

    @Override
    public void serve(Worker leader) {
        try {
            switch (stage) {
                case PROXY_HEADER -> readProxyHeader(leader.input());
                case HANDSHAKE -> shakeHands();
                case LINGER -> lingerOn(leader.input());
                default -> {} // waits for the tasks, or is over
            }
        } catch (MalformedProxyHeaderException refused) {
            drop(DropReason.HANDSHAKE, refused.getMessage());
            warnOfProxy(refused);
        } catch (IOException refused) {
            drop(DropReason.HANDSHAKE, refused.getMessage());
        } catch (Throwable fault) {
            fail(fault);
        }
    }

    // ---- the PROXY protocol

    private void readProxyHeader(Input input) throws IOException {
        input.load(head);
        if (input.readFrom(channel) < 0) {
            throw new EOFException("The proxy has closed the connection");
        }
        ProxyHeader header = ProxyHeader.parse(input.array(), input.position(), input.limit());
        if (header == null) {
            head = input.leftover();
            return;
        }
        if (!connection.setRemoteAddress(Optional.ofNullable(header.source()))) {
            LOG.debug("[c{}] Closed: {}", connection.id, DropReason.TOO_MANY_FROM_ADDRESS.words());
            close();
            return;
        }
        input.position(input.position() + header.length());
        head = Input.nothing();
        if (listener.tls().isEmpty()) {
            connection.putBackLeftover(input.leftover());
            connection.callAgain = true;
            begin();
        } else {
            stage = Stage.HANDSHAKE;
            openTls().addReceived(input.leftover());
            shakeHands();
        }
    }

    /** It comes from a proxy of the application's own, which is set up wrong and can't serve anybody. */
    private void warnOfProxy(MalformedProxyHeaderException fault) {
        if (server.isFirstProxyFault()) {
            LOG.warn(
                    "A connection from {} was closed: {}. With server.proxy.protocol, each one from there has to begin"
                            + " with a header of the PROXY protocol. This is said once",
                    connection.peerAddress() instanceof InetSocketAddress ip
                            ? ip.getAddress().getHostAddress()
                            : "a Unix domain socket",
                    fault.getMessage());
        }
    }

    // ---- TLS

    private TlsWire openTls() {
        if (tls == null) {
            tls = connection.openTls(listener.tls().orElseThrow().engines().newEngine());
        }
        return tls;
    }

    private void shakeHands() throws IOException {
        if (taskFault != null) {
            throw new IOException(taskFault);
        }
        switch (openTls().shakeHands()) {
            case INPUT -> awaitInput();
            case OUTPUT -> registration.await(SelectionKey.OP_WRITE);
            case TASKS -> execute(tls::runTasks);
            case PLAIN_TEXT -> refusePlainText();
            case DONE -> {
                if (mustCheckClient()) {
                    clientChecked = true;
                    execute(this::checkClient);
                } else {
                    connection.setTlsSession(tls.session());
                    begin();
                }
            }
        }
    }

    /** A record that has come in part is kept, like everything of clients, as long as there is room. */
    private void awaitInput() {
        if (tls.keepsInput() && server.budget().isOverdrawn()) {
            drop(DropReason.NO_MEMORY, DropReason.NO_MEMORY.words());
        } else {
            registration.await(SelectionKey.OP_READ);
        }
    }

    /** A handshake that resumes a session doesn't check the client's certificate. */
    private boolean mustCheckClient() {
        return !clientChecked && tls.asksForCertificate() && mayBeResumed() && hasCertificate();
    }

    /** Whether the session is older than this handshake, or seems to be of the future: the clock was set back then. */
    private boolean mayBeResumed() {
        long made = tls.session().getCreationTime();
        return made <= sessionsBefore || made > System.currentTimeMillis();
    }

    private boolean hasCertificate() {
        try {
            return tls.session().getPeerCertificates().length > 0;
        } catch (SSLPeerUnverifiedException none) {
            return false;
        }
    }

    private void checkClient() {
        try {
            listener.tls().orElseThrow().engines().checkResumed(tls.session());
        } catch (CertificateException refused) {
            tls.session().invalidate();
            taskFault = refused;
        }
    }

    private void execute(Runnable tasks) throws IOException {
        stage = Stage.TASKS;
        try {
            server.handshakes().execute(() -> run(tasks));
        } catch (RejectedExecutionException none) {
            throw new IOException("There are too many handshakes under way", none);
        }
    }

    private void run(Runnable tasks) {
        try {
            if (channel.isOpen()) { // else it was dropped while this waited for a thread
                tasks.run();
            }
        } catch (Throwable fault) {
            taskFault = fault;
        }
        loop.post(this, TASKS_DONE);
    }

    private void refusePlainText() throws IOException {
        byte[] answer = listener.tls().orElseThrow().answerToPlainText().apply(connection);
        channel.write(ByteBuffer.wrap(answer));
        channel.shutdownOutput();
        stage = Stage.LINGER;
        linger = new Linger(loop.nowMillis());
        registration.await(SelectionKey.OP_READ);
    }

    private void lingerOn(Input input) throws IOException {
        if (!linger.discard(input, channel, loop.nowMillis())) {
            close();
        }
    }

    // ---- the end

    private void begin() {
        if (tls != null) {
            server.tlsHandshakes().succeeded(tls.session().getProtocol());
        }
        stage = Stage.OVER;
        loop.openings().remove(this);
        connection.served().open();
    }

    /** Whether it may be dropped to make room for another connection. */
    boolean stalls() {
        return loop.nowMillis() - startedMillis > ServedConnection.MIN_IDLE_MILLIS;
    }

    @Override
    public void sweep(Worker leader) {
        if (stage == Stage.LINGER) {
            if (linger.isOver(loop.nowMillis(), server.isStopping())) {
                close();
            }
        } else if (server.isStopping()) {
            close();
        } else if (loop.nowMillis() - startedMillis
                > server.settings().openingTimeout().toMillis()) {
            drop(DropReason.OPENING_TIMEOUT, DropReason.OPENING_TIMEOUT.words());
        }
    }

    void drop(DropReason reason, String detail) {
        server.count(reason);
        countHandshake();
        LOG.debug("[c{}] Closed before it was open: {}", connection.id, detail);
        close();
    }

    /** A client that said nothing, or speaks no TLS, has begun no handshake that could fail. */
    private void countHandshake() {
        if (tls != null && stage != Stage.LINGER) {
            server.tlsHandshakes().failed();
        }
    }

    private void fail(Throwable fault) {
        server.count(DropReason.FAULT);
        countHandshake();
        close();
        FaultLog.log(LOG, "[c{}] Closed, since it could not be opened", connection.id, fault);
    }

    @Override
    public void moveTo(Selector selector) throws IOException {
        registration.moveTo(selector);
    }

    @Override
    public void close() {
        if (stage != Stage.OVER) {
            stage = Stage.OVER;
            loop.openings().remove(this);
            connection.served().close();
        }
    }
}
