using System.Text;
using System.Text.RegularExpressions;
using AeVae.Reports.Drawing;

namespace AeVae.Reports.Html;

/// <summary>Colours of figures on dark paper.</summary>
/// <remarks>
/// Those of classes and groups were found like those of <see cref="ClassPalette"/>, with lightness 0.52 … 0.92 and hues within 30° of the light ones: between any two
/// classes at least 0.168 for normal sight and 0.118 for the others.
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
        [0x4c1788] = 0xa8abe4,
        [0xeab50f] = 0x9c5400,
        [0x0f9b83] = 0x14e096,
        [0xb9280f] = 0xee683d,
        [0xb28bff] = 0x8426df,
        [0x46d5d0] = 0x2ba592,
        [0xb87c0d] = 0xf8ad00,
        [0x006177] = 0x3e6d98,
        [0x8d3fcc] = 0xc565fd,
        [0x74052f] = 0xffd6f0,
        [0x0072b2] = 0x25ceff,
        [0xd55e00] = 0xfa841a,
        [0x009e73] = 0x8aac8c,
        [0xcc79a7] = 0xcf398b,
        [0xe69f00] = 0xa07027,
        [0x56b4e9] = 0x2d79d9,
        [0x8c564b] = 0xf0c7b0,
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
