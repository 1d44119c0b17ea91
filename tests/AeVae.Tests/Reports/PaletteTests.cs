using AeVae.Reports.Drawing;
using AeVae.Reports.Html;

namespace AeVae.Tests.Reports;

/// <summary>Distances are those of OKLab (Ottosson 2020); colour-blind readers are simulated by Machado et al. 2009, severity 1, on linear RGB.</summary>
public sealed class PaletteTests
{
    static readonly Colour[] Classes = [.. Enumerable.Range(0, 10).Select(ClassPalette.Of)], Groups = [.. Enumerable.Range(0, GroupPalette.Count).Select(GroupPalette.Of)];

    static readonly double[][] Sights =
    [
        [1, 0, 0, 0, 1, 0, 0, 0, 1],
        [0.152286, 1.052583, -0.204868, 0.114503, 0.786281, 0.099216, -0.003882, -0.048116, 1.051998],   // protanopia
        [0.367322, 0.860646, -0.227968, 0.280085, 0.672501, 0.047413, -0.011820, 0.042940, 0.968881],    // deuteranopia
        [1.255528, -0.076749, -0.178779, -0.078411, 0.930809, 0.147602, 0.004733, 0.691367, 0.303900],   // tritanopia
    ];

    [Theory]
    [InlineData(false, false, 0.17, 0.115)]
    [InlineData(false, true, 0.18, 0.124)]
    [InlineData(true, false, 0.149, 0.076)]   // Okabe and Ito's bluish green and reddish purple
    [InlineData(true, true, 0.175, 0.115)]
    public void EveryReaderTellsAnyTwoColoursApart(bool groups, bool dark, double normal, double others)
    {
        Colour[] colours = [.. (groups ? Groups : Classes).Select(colour => dark ? DarkColours.Of(colour) : colour)];

        for (int i = 0; i < colours.Length; i++)
            for (int j = 0; j < i; j++)
                for (int sight = 0; sight < Sights.Length; sight++)
                    Assert.True(Distance(colours[i], colours[j], sight) >= (sight == 0 ? normal : others), $"{i} and {j} for sight {sight}");
    }

    [Fact]
    public void EveryReaderTellsTheIndigoFromAllOtherLines()
    {
        Colour indigo = Groups[6];
        Colour[] others = [.. Groups.Except([indigo]), Style.Ink, Style.Axis];

        Assert.All(others, other => Assert.All(Enumerable.Range(0, Sights.Length), sight => Assert.True(Distance(indigo, other, sight) >= 0.144)));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void ADarkColourIsNearestToItsOwnLightColour(bool groups)
    {
        Colour[] light = groups ? Groups : Classes;

        Assert.Equal(light, light.Select(colour => light.MinBy(other => Distance(DarkColours.Of(colour), other, 0))));
    }

    [Fact]
    public void DistancesAreThoseOfPublishedColours()
    {
        // Ottosson's page: white has lightness 1, black 0; red is (0.628, 0.225, 0.126).
        Assert.Equal(1, Distance(new(0xffffff), new(0), 0), 1e-4);
        Assert.Equal(Math.Sqrt(0.628 * 0.628 + 0.225 * 0.225 + 0.126 * 0.126), Distance(new(0xff0000), new(0), 0), 1e-3);
    }

    static double Distance(Colour one, Colour other, int sight) => Math.Sqrt(OkLab(one, Sights[sight]).Zip(OkLab(other, Sights[sight]), (a, b) => (a - b) * (a - b)).Sum());

    static double[] OkLab(Colour colour, double[] sight)
    {
        double[] rgb = [.. Product(sight, [Linear(colour.Rgb >> 16), Linear(colour.Rgb >> 8), Linear(colour.Rgb)]).Select(part => Math.Clamp(part, 0, 1))];
        double[] cones = Product([0.4122214708, 0.5363325363, 0.0514459929, 0.2119034982, 0.6806995451, 0.1073969566, 0.0883024619, 0.2817188376, 0.6299787005], rgb);
        return Product([0.2104542553, 0.7936177850, -0.0040720468, 1.9779984951, -2.4285922050, 0.4505937099, 0.0259040371, 0.7827717662, -0.8086757660], [.. cones.Select(Math.Cbrt)]);
    }

    static double[] Product(double[] matrix, double[] vector) => [.. Enumerable.Range(0, 3).Select(row => matrix[3 * row] * vector[0] + matrix[3 * row + 1] * vector[1] + matrix[3 * row + 2] * vector[2])];

    static double Linear(int part)
    {
        double value = (part & 255) / 255.0;
#pragma warning disable RS0030 // nothing here is stored
        return value <= 0.04045 ? value / 12.92 : Math.Pow((value + 0.055) / 1.055, 2.4);
#pragma warning restore RS0030
    }
}
