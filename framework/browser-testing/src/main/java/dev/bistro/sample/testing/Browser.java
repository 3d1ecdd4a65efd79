package dev.bistro.sample.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.StaleElementReferenceException;
import org.openqa.selenium.WebDriver;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;
import org.openqa.selenium.support.ui.WebDriverWait;

/**
 * A real browser for the tests of a class: Chromium without a window, driven by ChromeDriver, as Debian has them
 * (packages {@code chromium} and {@code chromium-driver}). Where they aren't installed, the class is skipped, and says
 * so. It starts with an empty profile, and downloads into a folder of its own. For two of them, that know nothing of
 * each other, have two fields.
 *
 * <pre>{@code
 * @RegisterExtension
 * static final Browser browser = new Browser();
 *
 * @Test
 * void greets() {
 *     browser.open(server.uri());
 *     browser.await("a greeting", driver -> driver.findElement(By.tagName("h1")).getText().equals("Hello"));
 * }
 * }</pre>
 */
public final class Browser implements ExecutionCondition, BeforeAllCallback, AfterAllCallback {
    private static final String[] CHROMIUM = {"chromium", "chromium-browser", "google-chrome"};
    private static final String[] CHROME_DRIVER = {"chromedriver"};

    /** For slow machines that have other things to do; a quick one never waits as long. */
    private static final Duration TIMEOUT = Duration.ofSeconds(90);

    private static final Duration POLL_INTERVAL = Duration.ofMillis(50);

    /** It warns of each Chromium that is newer than Selenium, for the sake of a part that isn't used here. */
    private static final Logger QUIET = Logger.getLogger("org.openqa.selenium.devtools");

    private final Supplier<List<String>> arguments;
    private ChromeDriver driver;
    private Path profile;
    private Path downloads;

    /** One that trusts the authorities of this machine. */
    public Browser() {
        this(List::of);
    }

    private Browser(Supplier<List<String>> arguments) {
        this.arguments = arguments;
    }

    /**
     * One that trusts a server's certificate besides, by its key, whoever issued it. Any other it takes as little as
     * the browser of people does.
     *
     * @param certificate asked for when the browser is started, which may be after a server was
     */
    public static Browser trusting(Supplier<X509Certificate> certificate) {
        return new Browser(() -> List.of("--ignore-certificate-errors-spki-list="
                + fingerprint(certificate.get().getPublicKey())));
    }

    private static String fingerprint(PublicKey key) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(key.getEncoded());
            return Base64.getEncoder().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // each Java has it
        }
    }

    /** Skips what can't be tested here. */
    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        for (String[] program : List.of(CHROMIUM, CHROME_DRIVER)) {
            if (Programs.find(program).isEmpty()) {
                return ConditionEvaluationResult.disabled(Programs.missing(program));
            }
        }
        return ConditionEvaluationResult.enabled("There is a browser");
    }

    @Override
    public void beforeAll(ExtensionContext context) throws IOException {
        Path chromium = Programs.require(CHROMIUM);
        Path chromeDriver = Programs.require(CHROME_DRIVER);
        profile = Files.createTempDirectory("browser");
        downloads = Files.createDirectory(profile.resolve("downloads"));
        var service = new ChromeDriverService.Builder()
                .usingDriverExecutable(chromeDriver.toFile())
                .usingAnyFreePort()
                .withTimeout(TIMEOUT)
                .build();
        QUIET.setLevel(Level.SEVERE);
        driver = new ChromeDriver(service, options(chromium));
        driver.manage().timeouts().pageLoadTimeout(TIMEOUT).scriptTimeout(TIMEOUT);
        resize(1000, 800);
    }

    private ChromeOptions options(Path chromium) {
        var options = new ChromeOptions();
        options.setBinary(chromium.toFile());
        options.addArguments(
                "--headless",
                "--disable-gpu",
                "--disable-quic",
                "--disable-dev-shm-usage",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--autoplay-policy=no-user-gesture-required",
                "--user-data-dir=" + profile.resolve("profile"));
        options.addArguments(arguments.get());
        if (System.getProperty("user.name").equals("root")) {
            options.addArguments("--no-sandbox"); // Chromium refuses to run as root within it
        }
        options.setExperimentalOption(
                "prefs",
                Map.of("download.default_directory", downloads.toString(), "download.prompt_for_download", false));
        var logging = new LoggingPreferences();
        logging.enable(LogType.BROWSER, Level.ALL);
        options.setCapability(ChromeOptions.LOGGING_PREFS, logging);
        return options;
    }

    @Override
    public void afterAll(ExtensionContext context) {
        if (driver != null) {
            driver.quit();
        }
        if (profile != null) {
            remove(profile);
        }
    }

    /** As well as it goes: Chromium may write a last file while it ends. */
    private static void remove(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            files.sorted(Comparator.reverseOrder())
                    .forEach(file -> file.toFile().delete());
        } catch (IOException | UncheckedIOException gone) {
            return;
        }
    }

    /** What drives it: for elements, keys and dialogues. */
    public WebDriver driver() {
        return driver;
    }

    /** Opens a page, and returns when it is loaded. */
    public void open(URI page) {
        driver.get(page.toString());
    }

    /**
     * Waits until a condition gives something other than null or false; an element that isn't there, or no longer, is
     * waited for too.
     *
     * @param what what is waited for, for the message where it never comes
     * @return what the condition gave
     */
    public <T> T await(String what, Function<? super WebDriver, T> condition) {
        return await(() -> what, condition);
    }

    /** The same with a message that is made where it is needed, and may say what was there. */
    public <T> T await(Supplier<String> what, Function<? super WebDriver, T> condition) {
        return new WebDriverWait(driver, TIMEOUT, POLL_INTERVAL)
                .ignoring(StaleElementReferenceException.class)
                .withMessage(what)
                .until(condition);
    }

    /** Runs a script in the page: {@code run("return document.title")}. */
    public Object run(String script, Object... arguments) {
        return driver.executeScript(script, arguments);
    }

    /** Lets the window be as small as that of a phone: {@code resize(360, 640)}. */
    public void resize(int width, int height) {
        driver.executeCdpCommand(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", false));
    }

    /**
     * Lets it send no more than so many bytes in a second, so that a test can see how an upload goes on; -1 for as many
     * as it can.
     */
    public void limitUploads(long bytesPerSecond) {
        driver.executeCdpCommand("Network.enable", Map.of());
        driver.executeCdpCommand(
                "Network.emulateNetworkConditions",
                Map.of("offline", false, "latency", 0, "downloadThroughput", -1, "uploadThroughput", bytesPerSecond));
    }

    /** Switches the scripts of the pages that are opened from now on off, or on again. */
    public void runScripts(boolean areRun) {
        driver.executeCdpCommand("Emulation.setScriptExecutionDisabled", Map.of("value", !areRun));
    }

    /**
     * What the browser has complained of since this was asked last: failed scripts, what a Content-Security-Policy
     * forbids, and answers that are errors; but not that a site is without the icon that it looks for of itself.
     */
    public List<String> complaints() {
        return driver.manage().logs().get(LogType.BROWSER).getAll().stream()
                .filter(entry -> entry.getLevel().intValue() >= Level.WARNING.intValue())
                .map(LogEntry::getMessage)
                .filter(message -> !message.contains("/favicon.ico "))
                .toList();
    }

    /** The folder that files are downloaded into. */
    public Path downloads() {
        return downloads;
    }

    /** Writes a picture of what the window shows, as PNG. */
    public void screenshot(Path file) throws IOException {
        Files.createDirectories(file.toAbsolutePath().getParent());
        Files.write(file, driver.getScreenshotAs(OutputType.BYTES));
    }
}
