package dev.bistro.html;

import java.util.Locale;
import java.util.Set;

/**
 * Decides what kind of value an attribute takes. Attributes that are code take none. In elements that load code, or
 * that say where everything else is loaded from, only harmless attributes take values.
 */
final class AttributeRules {
    private static final Set<String> ADDRESSES = words("""
            href src action formaction poster cite data background longdesc manifest icon usemap profile
            lowsrc dynsrc codebase classid code
            """);

    private static final Set<String> FLAGS = words("""
            allowfullscreen async autofocus autoplay checked controls default defer disabled
            formnovalidate hidden inert ismap itemscope loop multiple muted nomodule novalidate open
            playsinline readonly required reversed selected
            """);

    /** Attributes that are code, a page in the page, or a list of addresses. */
    private static final Set<String> REFUSED = words("""
            style srcdoc srcset imagesrcset ping archive http-equiv attributename
            """);

    /** Elements that load code, or change what other elements load. */
    private static final Set<String> LOADING = words("""
            script link base object embed applet iframe frame portal use animate set animatetransform
            animatemotion param
            """);

    /** Attributes that take values in such elements too. */
    private static final Set<String> HARMLESS = words("""
            id class title nonce integrity media lang alt width height hreflang sizes
            """);

    private AttributeRules() {}

    private static Set<String> words(String list) {
        return Set.of(list.strip().split("\\s+"));
    }

    /**
     * The kind of value that an attribute takes.
     *
     * @param before the text in the quotes before the value
     * @throws IllegalArgumentException if it takes no value there, with the reason
     */
    static Slot slot(String element, String attribute, String before) {
        String name = attribute.substring(attribute.lastIndexOf(':') + 1).toLowerCase(Locale.ROOT);
        if (name.startsWith("on") || REFUSED.contains(name)) {
            throw new IllegalArgumentException(
                    "the attribute " + attribute + " takes no values: it is run, or loads what it names");
        }
        boolean loading = LOADING.contains(element);
        if (ADDRESSES.contains(name)) {
            return address(element, attribute, before, loading);
        }
        if (loading && !HARMLESS.contains(name) && !name.startsWith("data-") && !name.startsWith("aria-")) {
            throw new IllegalArgumentException(
                    "in <" + element + "> the attribute " + attribute + " takes no values: it says what is loaded");
        }
        return FLAGS.contains(name) ? flag(attribute, before) : Slot.TEXT;
    }

    private static Slot address(String element, String attribute, String before, boolean loading) {
        if (loading && !Addresses.fixesHost(before)) {
            throw new IllegalArgumentException("in <" + element + "> the attribute " + attribute
                    + " has to begin with a path, or with a scheme, a host and a slash:"
                    + " a value must not say where code is loaded from");
        }
        if (!Addresses.isSafeLiteral(before)) {
            throw new IllegalArgumentException("an address that begins with \"" + before + "\" takes no values");
        }
        return before.isBlank() ? Slot.ADDRESS : Addresses.partAfter(before);
    }

    private static Slot flag(String attribute, String before) {
        if (!before.isEmpty()) {
            throw new IllegalArgumentException("the attribute " + attribute + " is there or not: its value is just {}");
        }
        return Slot.FLAG;
    }
}
