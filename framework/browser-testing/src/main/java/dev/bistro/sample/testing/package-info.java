/** What the tests of the samples share: a real browser, and programs of the command line. */
package dev.bistro.sample.testing;
