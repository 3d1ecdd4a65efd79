package dev.bistro.tls;

/** A certificate or key that can't be used. The message says what is wrong, and never has anything of a key in it. */
final class UnusableCertificateException extends Exception {
    private static final long serialVersionUID = 1;

    private final String where;
    private final String cure;

    /**
     * Says what is wrong, where, and what to do.
     *
     * @param what a sentence: {@code "The key doesn't belong to the certificate."}
     * @param where the files: {@code "/etc/tls/shop.key"}
     * @param cure what to do, with the command where there is one
     */
    UnusableCertificateException(String what, String where, String cure) {
        super(what);
        this.where = where;
        this.cure = cure;
    }

    String where() {
        return where;
    }

    String cure() {
        return cure;
    }
}
