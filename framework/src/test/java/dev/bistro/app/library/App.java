package dev.bistro.app.library;

/** The application class. */
final class App {
    private App() {}
}
