/**
 * What the code needs that Bistro's annotation processor writes for an application's types, so that their JSON needs no
 * reflection. Applications don't use it themselves. Begin with {@link dev.bistro.json.generated.GeneratedJson}.
 */
package dev.bistro.json.generated;
