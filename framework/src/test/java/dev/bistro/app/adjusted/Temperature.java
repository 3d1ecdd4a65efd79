package dev.bistro.app.adjusted;

public record Temperature(int degrees) {}
