// SPDX-License-Identifier: Apache-2.0
package dev.tributary.it;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.openqa.selenium.WebDriver;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;

/** Starts a headless Chromium. Browser and driver come from the operating system's packages. */
final class Browser {

    /** The names of the programs on Debian, Ubuntu, Fedora, Arch and macOS. */
    private static final List<String> CHROMIUM =
            List.of("chromium", "chromium-browser", "google-chrome", "google-chrome-stable");

    private static final List<String> DRIVER = List.of("chromedriver", "chromium.chromedriver");

    private static final String INSTALL =
            " Install it, on Debian: apt-get install chromium chromium-driver; on Fedora: dnf install chromium chromedriver;"
                    + " on macOS: brew install chromium chromedriver.";

    private Browser() {}

    /**
     * Starts it; {@code quit()} ends it.
     *
     * @throws AssertionError if it is not installed; the message says how to install it
     */
    static WebDriver start() {
        ChromeOptions options = new ChromeOptions();
        options.setBinary(find(CHROMIUM).toFile());
        // The first is for tests that run as root. The others keep it from connecting to anything but the
        // page's server.
        options.addArguments(
                "--no-sandbox",
                "--headless=new",
                "--disable-gpu",
                "--disable-dev-shm-usage",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--disable-quic",
                "--no-first-run",
                "--window-size=1280,900");
        options.setCapability("goog:loggingPrefs", Map.of("browser", "ALL"));
        ChromeDriverService driver = new ChromeDriverService.Builder()
                .usingDriverExecutable(find(DRIVER).toFile())
                .usingAnyFreePort()
                .build();
        return new ChromeDriver(driver, options);
    }

    private static Path find(List<String> names) {
        return names.stream()
                .flatMap(name -> Stream.of(
                                System.getenv().getOrDefault("PATH", "").split(":", -1))
                        .map(directory -> Path.of(directory, name)))
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow(() -> new AssertionError(
                        "This test needs a real browser, and " + names.get(0) + " is not installed." + INSTALL));
    }
}
