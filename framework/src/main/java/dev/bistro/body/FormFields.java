package dev.bistro.body;

import dev.bistro.http.HttpException;
import dev.bistro.http.Status;

/** Fills a form within the limits; above them, the answer is 413. */
final class FormFields {
    private final FormLimits limits;
    private final ReceivedForm form = new ReceivedForm();
    private int parts;
    private long textBytes;

    FormFields(FormLimits limits) {
        this.limits = limits;
    }

    ReceivedForm form() {
        return form;
    }

    /** Adds to the count of fields and files. */
    void countParts(int count) {
        parts += count;
        if (parts > limits.maxParts()) {
            throw tooLarge("The form has more than " + limits.maxParts() + " fields");
        }
    }

    /** Checks the length of a field's name. */
    void checkName(String name) {
        if (name.length() > limits.maxNameLength()) {
            throw tooLarge("A field of the form has a name of more than " + limits.maxNameLength() + " characters");
        }
    }

    void add(String name, String text) {
        checkName(name);
        form.add(name, text);
    }

    /** Adds to the size of all texts. */
    void countText(int bytes) {
        textBytes += bytes;
        if (textBytes > limits.maxTextBytes()) {
            throw tooLarge("The texts of the form are larger than " + limits.maxTextBytes() + " bytes");
        }
    }

    private static HttpException tooLarge(String what) {
        return new HttpException(Status.CONTENT_TOO_LARGE, what);
    }
}
