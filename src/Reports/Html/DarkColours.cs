using System.Text;
using System.Text.RegularExpressions;
using AeVae.Reports.Drawing;

namespace AeVae.Reports.Html;

/// <summary>Colours of figures on dark paper.</summary>
/// <remarks>
/// Those of classes and groups were found like those of <see cref="ClassPalette"/>, with hues within 20° of the light ones and each nearer to its own light colour than to
/// any other, so that a class keeps its colour beside a figure that stays light. Between any two classes lie at least 0.18 for normal sight and 0.124 for the others, between
/// any two groups 0.175 and 0.115. Lightness is 0.46 … 0.92, of groups at least 0.50: brighter, the darkest two classes would come nearer to others.
/// </remarks>
static partial class DarkColours
{
    static readonly Dictionary<int, int> Dark = new()
    {
        [Style.Paper.Rgb] = 0x11161d,
        [Style.Ink.Rgb] = 0xe2e7ee,
        [Style.Muted.Rgb] = 0x9aa4af,
        [Style.Axis.Rgb] = 0x697380,
        [Style.Grid.Rgb] = 0x262c34,
        [Style.Zero.Rgb] = 0x48515b,
        [0x4c1788] = 0x4c41b8,
        [0xeab50f] = 0xf4e54d,
        [0x0f9b83] = 0x07ba92,
        [0xb9280f] = 0xe52306,
        [0xb28bff] = 0xc79ffe,
        [0x46d5d0] = 0x67f9fd,
        [0xb87c0d] = 0xe98b10,
        [0x006177] = 0x127f9c,
        [0x8d3fcc] = 0xc43bf9,
        [0x74052f] = 0x8e344e,
        [0x0072b2] = 0x557bb5,
        [0xd55e00] = 0xff6a00,
        [0x009e73] = 0x00b173,
        [0xcc79a7] = 0xff87bd,
        [0xe69f00] = 0xf7c82a,
        [0x56b4e9] = 0x03c6ff,
        [0x3310b0] = 0x7308ef,
        [0x8c564b] = 0xa1573f,
    };

    /// <summary>A style sheet that turns every colour that the SVG inside <paramref name="html"/> uses, where the reader wants a dark page.</summary>
    public static string Rules(string html)
    {
        StringBuilder css = new("@media screen and (prefers-color-scheme: dark) {\n");
        foreach (Match paint in Paint().Matches(html).DistinctBy(match => match.Value).OrderBy(match => match.Value, StringComparer.Ordinal))
            css.Append(null, $"  [{paint.Value}] {{ {paint.Groups["attribute"].Value}: {Of(new Colour(Convert.ToInt32(paint.Groups["rgb"].Value, 16)))}; }}\n");
        return css.Append("}\n").ToString();
    }

    /// <summary>What a colour becomes on dark paper; one that no palette holds keeps its hue and turns its lightness.</summary>
    public static Colour Of(Colour light) => Dark.TryGetValue(light.Rgb, out int dark) ? new Colour(dark) : Turned(light);

    // Lightness of HSL: half the sum of the strongest and the weakest of red, green and blue.
    static Colour Turned(Colour light)
    {
        int[] parts = [light.Rgb >> 16 & 255, light.Rgb >> 8 & 255, light.Rgb & 255];
        int shift = 255 - parts.Max() - parts.Min();
        return new Colour(parts[0] + shift << 16 | parts[1] + shift << 8 | parts[2] + shift);
    }

    [GeneratedRegex("(?<attribute>fill|stroke)=\"#(?<rgb>[0-9a-f]{6})\"")]
    private static partial Regex Paint();
}
