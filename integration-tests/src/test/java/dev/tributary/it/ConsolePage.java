// SPDX-License-Identifier: Apache-2.0
package dev.tributary.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.openqa.selenium.By;
import org.openqa.selenium.Dimension;
import org.openqa.selenium.JavascriptExecutor;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.TakesScreenshot;
import org.openqa.selenium.WebDriver;
import org.openqa.selenium.WebDriverException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chromium.HasCdp;
import org.openqa.selenium.logging.LogEntry;

/** The page of the console, in a real browser. */
final class ConsolePage implements AutoCloseable {

    private final WebDriver browser = Browser.start();
    private final URI address;

    /** @param worker the address of the worker's REST API */
    ConsolePage(URI worker) {
        this.address = worker.resolve("/tributary/");
    }

    void open(String path) {
        browser.get(address.resolve(path).toString());
    }

    /** The text of the first element as it is now; empty if there is none. */
    String text(String selector) {
        return read("element.innerText", selector);
    }

    String read(String expression, String selector) {
        Object value = ((JavascriptExecutor) browser)
                .executeScript(
                        "const element = document.querySelector(arguments[0]); return element ? " + expression
                                + " : ''",
                        selector);
        return String.valueOf(value);
    }

    /** The elements that there are now. */
    List<WebElement> all(String selector) {
        return browser.findElements(By.cssSelector(selector));
    }

    String source() {
        return String.valueOf(browser.getPageSource());
    }

    void click(String selector) {
        // The page is drawn anew every two seconds.
        await(selector).ignoreExceptionsInstanceOf(WebDriverException.class).until(() -> {
            List<WebElement> found = all(selector);
            found.stream().limit(1).forEach(WebElement::click);
            return !found.isEmpty();
        });
    }

    void resize(int width, int height) {
        browser.manage().window().setSize(new Dimension(width, height));
    }

    /** For a person to look at: target/console/*.png, light and dark. */
    void screenshot(String name) throws IOException {
        for (String scheme : List.of("light", "dark")) {
            ((HasCdp) browser)
                    .executeCdpCommand(
                            "Emulation.setEmulatedMedia",
                            Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", scheme))));
            File taken = ((TakesScreenshot) browser).getScreenshotAs(OutputType.FILE);
            Path directory = Files.createDirectories(Path.of("target", "console"));
            Files.write(directory.resolve(name + "-" + scheme + ".png"), Files.readAllBytes(taken.toPath()));
        }
    }

    void assertNoComplaints() {
        assertThat(browser.manage().logs().get("browser").getAll())
                .extracting(LogEntry::getMessage)
                .noneMatch(message -> message.contains("Content Security Policy") || message.contains("Uncaught"));
    }

    @Override
    public void close() {
        browser.quit();
    }
}
