/**
 * Static files that the application declares with {@code @StaticFiles}. Not API: its types are public for
 * {@code controller}, which gives the folders their routes.
 *
 * <p>In: the annotations, at startup; then requests for paths below a folder. Out: problems of the declarations, and
 * responses. Begin with {@link dev.bistro.assets.StaticFolders}, then {@link dev.bistro.assets.StaticFolder} and
 * {@code CacheRules}.
 */
package dev.bistro.assets;
