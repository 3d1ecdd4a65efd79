package dev.bistro.json.generated;

/** What is generated for a type that generated code can't write: the reason, so that people can be told. */
public abstract class JsonObstacle extends GeneratedJson<Object> {
    private final String obstacle;

    /**
     * For a type that Jackson writes.
     *
     * @param obstacle what generated code doesn't know: {@code "Product has @JsonNaming"}
     */
    protected JsonObstacle(String obstacle) {
        super("");
        this.obstacle = obstacle;
    }

    @Override
    public final String obstacle() {
        return obstacle;
    }

    @Override
    public final void write(Object value, JsonOutput out) {
        throw new UnsupportedOperationException(obstacle);
    }
}
