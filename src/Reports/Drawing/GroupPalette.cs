namespace AeVae.Reports.Drawing;

/// <summary>Eight colours for curves of several groups.</summary>
/// <remarks>
/// Okabe and Ito 2008, Color Universal Design, without their yellow, which white paper swallows, and their black, which draws the prior: a brown and an indigo stand for
/// them. The indigo is at least 0.144 from every other in OKLab, for every kind of colour vision (as in <see cref="ClassPalette"/>).
/// </remarks>
static class GroupPalette
{
    static readonly Colour[] Colours =
    [
        new(0x0072b2), new(0xd55e00), new(0x009e73), new(0xcc79a7), new(0xe69f00), new(0x56b4e9), new(0x3310b0), new(0x8c564b),
    ];

    /// <summary>Number of colours.</summary>
    public static int Count => Colours.Length;

    /// <summary>Colour of a group; grey beyond the eighth.</summary>
    public static Colour Of(int group) => group < Colours.Length ? Colours[group] : Style.Axis;

    /// <summary>From light for 0 to dark for 1, alike for every kind of colour vision: the lightness alone tells.</summary>
    public static Colour Ramp(double share)
    {
        (int red, int green, int blue) light = (0xc9, 0xd7, 0xe8), dark = (0x08, 0x30, 0x6b);
        int Mix(int from, int to) => (int)Math.Round(from + (to - from) * Math.Clamp(share, 0, 1));
        return new Colour(Mix(light.red, dark.red) << 16 | Mix(light.green, dark.green) << 8 | Mix(light.blue, dark.blue));
    }
}
