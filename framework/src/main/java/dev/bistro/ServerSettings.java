package dev.bistro;

import dev.bistro.body.FormLimits;
import dev.bistro.config.ByteSize;
import dev.bistro.http1.Http1Settings;
import dev.bistro.net.NetSettings;
import dev.bistro.startup.Problem;
import dev.bistro.startup.Problems;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/**
 * The settings whose keys begin with {@code server.}: {@code maxBodySize} is {@code server.max-body-size}, in the environment
 * {@code SERVER_MAX_BODY_SIZE}.
 *
 * @param host the address to listen on; {@code 0.0.0.0} for all
 * @param port the port to listen on; 0 for a free one
 * @param loops how many event loops; 0 for as many as processors
 * @param maxConnections how many connections at the most; further ones wait
 * @param maxBodySize a request's body that is read as a whole; 413 above it
 * @param maxFormSize a form with files as a whole; 413 above it
 * @param maxFileSize one file of a form; 413 above it
 * @param maxFormParts how many fields and files a form may have; 413 above it
 * @param uploadMemorySize how much of a form's files is held in memory; what is more goes to the disk
 * @param uploadDirectory where a form's files go until the request was answered
 * @param maxHeadSize a request's line and header fields; 431 above it
 * @param headTimeout how long a client may take to send a request's head
 * @param bodyTimeout how long a client may take to send the next 4 KiB of a body
 * @param writeTimeout how long a client may take nothing of what is sent to it
 * @param idleTimeout how long a connection is kept without a request
 * @param pendingTimeout how long an answer that isn't there yet is waited for; 503 after it
 * @param compression whether responses are compressed for clients that take it
 * @param compressionMinSize from which size on they are
 * @param stopTimeout how long running requests may take when the server stops
 */
record ServerSettings(
        String host,
        int port,
        int loops,
        int maxConnections,
        ByteSize maxBodySize,
        ByteSize maxFormSize,
        ByteSize maxFileSize,
        int maxFormParts,
        ByteSize uploadMemorySize,
        Path uploadDirectory,
        ByteSize maxHeadSize,
        Duration headTimeout,
        Duration bodyTimeout,
        Duration writeTimeout,
        Duration idleTimeout,
        Duration pendingTimeout,
        boolean compression,
        ByteSize compressionMinSize,
        Duration stopTimeout) {
    static final ServerSettings DEFAULTS = new ServerSettings(
            "0.0.0.0",
            8080,
            0,
            10_000,
            new ByteSize(2 * 1024 * 1024),
            new ByteSize(FormLimits.DEFAULTS.maxFormBytes()),
            new ByteSize(FormLimits.DEFAULTS.maxFileBytes()),
            FormLimits.DEFAULTS.maxParts(),
            new ByteSize(FormLimits.DEFAULTS.memoryBytes()),
            FormLimits.DEFAULTS.directory(),
            new ByteSize(32 * 1024),
            Duration.ofSeconds(10),
            Duration.ofSeconds(30),
            Duration.ofSeconds(30),
            Duration.ofSeconds(60),
            Duration.ofSeconds(60),
            true,
            new ByteSize(1400),
            Duration.ofSeconds(10));

    /** What the transport makes of them: the parts that are sockets'. */
    NetSettings net() {
        return new NetSettings(
                new InetSocketAddress(host, port), loops, maxConnections, 2 * http().maxHeadBytes(), writeTimeout);
    }

    /** The parts that are HTTP/1's. */
    Http1Settings http() {
        int head = bytes(maxHeadSize);
        return new Http1Settings(
                Math.min(head, Http1Settings.DEFAULTS.maxTargetBytes()),
                Math.min(head, Http1Settings.DEFAULTS.maxFieldLineBytes()),
                Http1Settings.DEFAULTS.maxFields(),
                head,
                bytes(maxBodySize),
                headTimeout,
                bodyTimeout,
                idleTimeout,
                pendingTimeout);
    }

    /** The parts that are forms'. A form's texts are a body that is read as a whole. */
    FormLimits forms() {
        return new FormLimits(
                maxFormParts,
                FormLimits.DEFAULTS.maxNameLength(),
                FormLimits.DEFAULTS.maxHeadBytes(),
                bytes(maxBodySize),
                maxFileSize.bytes(),
                maxFormSize.bytes(),
                bytes(uploadMemorySize),
                uploadDirectory);
    }

    private static int bytes(ByteSize size) {
        return Math.toIntExact(size.bytes());
    }

    /** What no type says: that numbers are within bounds. */
    void check(Problems problems) {
        checkRange("port", port, 0, 65_535, problems);
        checkRange("loops", loops, 0, 1_024, problems);
        checkRange("max-connections", maxConnections, 1, Integer.MAX_VALUE, problems);
        checkRange("max-body-size", maxBodySize.bytes(), 0, 1 << 30, problems);
        checkRange("max-form-size", maxFormSize.bytes(), 0, Long.MAX_VALUE, problems);
        checkRange("max-file-size", maxFileSize.bytes(), 0, Long.MAX_VALUE, problems);
        checkRange("max-form-parts", maxFormParts, 1, 1_000_000, problems);
        checkRange("upload-memory-size", uploadMemorySize.bytes(), 0, 1 << 30, problems);
        checkUploadDirectory(problems);
        checkRange("max-head-size", maxHeadSize.bytes(), 1_024, 1 << 20, problems);
        checkRange("compression-min-size", compressionMinSize.bytes(), 0, 1 << 30, problems);
    }

    private void checkUploadDirectory(Problems problems) {
        if (!Files.isDirectory(uploadDirectory) || !Files.isWritable(uploadDirectory)) {
            problems.add(
                    Problem.of(
                                    "upload-directory",
                                    "The setting \"server.upload-directory\" is " + uploadDirectory
                                            + ", which is not a directory that can be written to.")
                            .cure(
                                    "Make it, or take another one: files that come with a form go there until the request was answered."));
        }
    }

    private static void checkRange(String name, long value, long min, long max, Problems problems) {
        if (value < min || value > max) {
            problems.add(Problem.of(
                    "setting-out-of-range",
                    "The setting \"server." + name + "\" is " + value + ", which is not from " + min + " to " + max
                            + "."));
        }
    }
}
