package dev.bistro.sample.shop;

import dev.bistro.annotation.Label;

/** What somebody has done on the page before, which the next page says. */
enum Done {
    @Label("added")
    ADDED("The product was added."),

    @Label("saved")
    SAVED("The product was saved."),

    @Label("deleted")
    DELETED("The product was deleted.");

    private final String message;

    Done(String message) {
        this.message = message;
    }

    String message() {
        return message;
    }
}
