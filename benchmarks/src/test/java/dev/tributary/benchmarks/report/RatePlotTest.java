// SPDX-License-Identifier: Apache-2.0
package dev.tributary.benchmarks.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringReader;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

class RatePlotTest {

    @Test
    void isXmlWithABarForEachEntrantProportionalToItsRate() throws Exception {
        // Given
        RatePlot plot = new RatePlot(Runs.stream(0.5, 2, 4));

        // When
        Document svg = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new InputSource(new StringReader(plot.svg())));

        // Then
        NodeList bars = svg.getElementsByTagName("rect");
        assertThat(bars.getLength()).isEqualTo(4);
        double bare = width(bars, 0);
        assertThat(width(bars, 1) / bare).isBetween(0.12, 0.13);
        assertThat(width(bars, 2) / bare).isBetween(0.24, 0.26);
        assertThat(width(bars, 3) / bare).isBetween(0.49, 0.51);
        assertThat(svg.getDocumentElement().getTextContent()).contains("Tributary <us>", "90,000  (4.0×)");
    }

    private static double width(NodeList bars, int index) {
        return Double.parseDouble(((Element) bars.item(index)).getAttribute("width"));
    }
}
