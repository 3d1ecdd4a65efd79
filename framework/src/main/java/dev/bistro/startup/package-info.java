/** Everything that can be wrong before the first request: faults are collected with their place and cure, and thrown at once. */
package dev.bistro.startup;
