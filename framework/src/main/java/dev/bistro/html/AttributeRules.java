package dev.bistro.html;

import java.util.Locale;
import java.util.Set;

/**
 * Which attribute takes what. Attributes that are code take nothing; in elements that load code, or say where all else is loaded from, few others
 * take something.
 */
final class AttributeRules {
    private static final Set<String> ADDRESSES = Set.of(
            "href",
            "src",
            "action",
            "formaction",
            "poster",
            "cite",
            "data",
            "background",
            "longdesc",
            "manifest",
            "icon",
            "usemap",
            "profile",
            "lowsrc",
            "dynsrc",
            "codebase",
            "classid",
            "code");

    private static final Set<String> FLAGS = Set.of(
            "allowfullscreen",
            "async",
            "autofocus",
            "autoplay",
            "checked",
            "controls",
            "default",
            "defer",
            "disabled",
            "formnovalidate",
            "hidden",
            "inert",
            "ismap",
            "itemscope",
            "loop",
            "multiple",
            "muted",
            "nomodule",
            "novalidate",
            "open",
            "playsinline",
            "readonly",
            "required",
            "reversed",
            "selected");

    /** Code, a page in a page, or lists of addresses. */
    private static final Set<String> NOTHING =
            Set.of("style", "srcdoc", "srcset", "imagesrcset", "ping", "archive", "http-equiv", "attributename");

    private static final Set<String> LOADING = Set.of(
            "script",
            "link",
            "base",
            "object",
            "embed",
            "applet",
            "iframe",
            "frame",
            "portal",
            "use",
            "animate",
            "set",
            "animatetransform",
            "animatemotion",
            "param");

    private static final Set<String> HARMLESS = Set.of(
            "id",
            "class",
            "title",
            "nonce",
            "integrity",
            "media",
            "lang",
            "alt",
            "width",
            "height",
            "hreflang",
            "sizes");

    private AttributeRules() {}

    /**
     * What an attribute takes.
     *
     * @param before what the template has in the quotes before the value
     * @throws IllegalArgumentException if it takes nothing there, with the reason
     */
    static Slot slot(String element, String attribute, String before) {
        String name = attribute.substring(attribute.lastIndexOf(':') + 1).toLowerCase(Locale.ROOT);
        if (name.startsWith("on") || NOTHING.contains(name)) {
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
            throw new IllegalArgumentException(
                    "in <" + element + "> the attribute " + attribute
                            + " has to begin with a path, or with a scheme, a host and a slash: a value must not say where code is loaded from");
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
