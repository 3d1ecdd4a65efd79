/**
 * What the tests of the samples share: a real browser, an application that can be killed, and programs of the command
 * line.
 */
package dev.bistro.sample.testing;
