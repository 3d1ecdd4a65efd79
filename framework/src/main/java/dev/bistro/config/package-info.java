/** Settings, from defaults, a file, the environment and arguments, into typed records. */
package dev.bistro.config;
