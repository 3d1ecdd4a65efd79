package dev.bistro.cluster;

import java.util.ArrayList;
import java.util.List;

/** A client that follows the messages, and comes back where it was. It keeps all that it was given. */
abstract class Follower implements Runnable {
    /** How long it waits before it comes back, as the application asks browsers to. */
    private static final long RETRY_MILLIS = 100;

    final Clients clients;
    private final String name;
    private final List<String> items = new ArrayList<>(); // "ID TEXT"
    private String place = ""; // the id of the last item
    private int resets;

    Follower(String name, Clients clients) {
        this.name = name;
        this.clients = clients;
    }

    /** Opens something that gives items after the place, and takes them until its end. */
    abstract void follow(String after) throws InterruptedException;

    @Override
    public final void run() {
        try {
            while (true) {
                follow(place());
                Thread.sleep(RETRY_MILLIS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    synchronized void take(String id, String text) {
        items.add(id + " " + text);
        place = id;
    }

    /** A place without an item, such as that where an empty list ends. */
    synchronized void moveTo(String id) {
        place = id;
    }

    synchronized void reset() {
        resets++;
    }

    synchronized String place() {
        return place;
    }

    synchronized int resets() {
        return resets;
    }

    /** What it was given, in that order. */
    synchronized List<String> items() {
        return List.copyOf(items);
    }

    @Override
    public String toString() {
        return name;
    }
}
