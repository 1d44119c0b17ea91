namespace AeVae.Reports.Drawing;

/// <summary>Estimated text widths, so that the layout depends on no installed font.</summary>
static class TextWidth
{
    // Advances of DejaVu Sans, U+0020 … U+007E, per 1000 em: the widest of the usual sans-serif fonts, so that text of any of them fits.
    static ReadOnlySpan<short> Advances =>
    [
        318, 401, 460, 838, 636, 950, 780, 275, 390, 390, 500, 838, 318, 361, 318, 337,
        636, 636, 636, 636, 636, 636, 636, 636, 636, 636, 337, 337, 838, 838, 838, 531,
        1000, 684, 686, 698, 770, 632, 575, 775, 752, 295, 295, 656, 557, 863, 748, 787,
        603, 787, 695, 635, 611, 732, 684, 989, 685, 611, 685, 390, 337, 390, 838, 500,
        500, 613, 635, 550, 635, 615, 352, 635, 634, 278, 278, 579, 278, 974, 634, 612,
        635, 635, 411, 521, 392, 634, 592, 818, 592, 592, 525, 636, 337, 636, 838,
    ];

    const double OtherAdvance = 840;   // − × → and most symbols
    const double BoldFactor = 1.12;

    /// <summary>Width of <paramref name="text"/> in units of the page.</summary>
    public static double Of(string text, TextStyle style)
    {
        double sum = 0;
        foreach (char c in text)
            sum += c is >= ' ' and <= '~' ? Advances[c - ' '] : OtherAdvance;
        return sum / 1000 * style.Size * (style.Bold ? BoldFactor : 1);
    }
}
