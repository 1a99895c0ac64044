// SPDX-License-Identifier: Apache-2.0
package dev.tributary.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tributary.sandbox.SampleService;
import dev.tributary.sandbox.SampleService.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.logging.Level;
import org.awaitility.core.ConditionFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.By;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.TakesScreenshot;
import org.openqa.selenium.WebDriver;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;

/** The page of order-board, in a real browser. */
class OrderBoardPageIT {

    private final Shop shop = new Shop();
    private final SampleService board = shop.start(Kind.ORDER_BOARD);
    private final WebDriver browser = Browser.start();

    OrderBoardPageIT() throws Exception {}

    @AfterEach
    void close() {
        browser.quit();
        shop.close();
    }

    @Test
    void anOrderIsShownFromWhenItIsPlacedUntilItIsDeleted() throws Exception {
        // Given
        show();

        // When
        long order = shop.place(1, 2);

        // Then
        eventually().untilAsserted(() -> assertThat(status(order)).isEqualTo("placed"));
        assertThat(browser.findElement(By.id("order-" + order)).getText())
                .contains("#" + order, "20.00", shop.database().query("SELECT name FROM shop.customers WHERE id = 1"));
        keepScreenshot();

        // When
        shop.database().execute("UPDATE shop.orders SET status = 'paid' WHERE id = " + order);

        // Then
        eventually().untilAsserted(() -> assertThat(status(order)).isEqualTo("paid"));

        // When
        shop.database()
                .execute(
                        "DELETE FROM shop.order_lines WHERE order_id = " + order,
                        "DELETE FROM shop.orders WHERE id = " + order);

        // Then
        eventually().untilAsserted(() -> assertThat(status(order)).isNull());
        assertThat(errors()).isEmpty();
    }

    @Test
    void thePageComesBackWithItsService() throws Exception {
        // Given
        show();

        // When
        board.kill();

        // Then
        eventually().untilAsserted(() -> assertThat(state()).contains("connection lost"));

        // When
        long order = shop.place(1, 1);
        board.start();

        // Then
        eventually().untilAsserted(() -> assertThat(status(order)).isEqualTo("placed"));
        eventually().untilAsserted(() -> assertThat(state()).isEqualTo("61 orders, live"));
    }

    @Test
    void theValueOfAColumnIsShownAsTextNotMarkup() throws Exception {
        // Given
        show();
        String evil = "<img src=x onerror=\"document.title='caught'\">";

        // When
        shop.database()
                .execute(
                        "UPDATE shop.customers SET name = '" + evil.replace("'", "''") + "' WHERE id = 1",
                        "UPDATE shop.orders SET shipped_at = now() WHERE customer_id = 1");
        long order = shop.place(1, 1);

        // Then
        eventually()
                .untilAsserted(() -> assertThat(
                                browser.findElement(By.id("order-" + order)).getText())
                        .contains(evil));
        assertThat(browser.getTitle()).isEqualTo("Order board");
    }

    private void show() {
        eventually().until(board::isHealthy);
        browser.get(board.url().toString());
        eventually().untilAsserted(() -> assertThat(state()).isEqualTo("60 orders, live"));
    }

    private String state() {
        return browser.findElement(By.id("state")).getText();
    }

    /** The column that shows an order; null if none does. */
    private @Nullable String status(long order) {
        List<WebElement> found = browser.findElements(By.xpath("//li[@id='order-" + order + "']/ancestor::section"));
        return found.isEmpty() ? null : found.get(0).getDomAttribute("data-status");
    }

    private List<String> errors() {
        return browser.manage().logs().get(LogType.BROWSER).getAll().stream()
                .filter(entry -> entry.getLevel().intValue() >= Level.SEVERE.intValue())
                .map(LogEntry::getMessage)
                .toList();
    }

    /** Writes {@code target/order-board.png}, to see the page as the test saw it. */
    private void keepScreenshot() throws IOException {
        Files.write(
                Path.of("target", "order-board.png"), ((TakesScreenshot) browser).getScreenshotAs(OutputType.BYTES));
    }

    private static ConditionFactory eventually() {
        return await().pollInterval(Duration.ofMillis(200)).ignoreExceptions();
    }
}
