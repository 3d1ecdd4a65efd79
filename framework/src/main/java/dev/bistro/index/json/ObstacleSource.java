package dev.bistro.index.json;

import dev.bistro.json.generated.JsonObstacle;

/** The source of the class that says why a type has no code. */
final class ObstacleSource {
    private ObstacleSource() {}

    static String of(String packageName, String className, String obstacle) {
        String name = className.substring(className.lastIndexOf('.') + 1);
        return Sources.head(packageName)
                + "final class " + name + " extends " + JsonObstacle.class.getName() + " {\n"
                + "    " + name + "() {\n"
                + "        super(" + Sources.literal(obstacle) + ");\n"
                + "    }\n"
                + "}\n";
    }
}
