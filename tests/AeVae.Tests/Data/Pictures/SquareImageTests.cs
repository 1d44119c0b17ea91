using System.Security.Cryptography;
using AeVae.Data.Pictures;

namespace AeVae.Tests.Data.Pictures;

public sealed class SquareImageTests
{
    public static TheoryData<string, int, bool, string> Squares
    {
        get
        {
            TheoryData<string, int, bool, string> data = [];
            foreach (string[] words in StoredPicture.Lines("squares.txt")) data.Add(words[0], int.Parse(words[1]), words[2] == "RGB", words[3]);
            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Squares))]
    public void EveryByteIsThatOfPillow(string picture, int side, bool isColour, string sha256) =>
        Assert.Equal(sha256, Convert.ToHexStringLower(SHA256.HashData(Fit(PictureReader.Read(StoredPicture.All[picture].File), side, isColour))));

    [Fact]
    public void TheMiddleStaysAndAnOddRestGoesAtTheEnd()
    {
        byte[] levels = [10, 20, 30, 40];
        byte[] pixels = [.. levels.SelectMany(level => new[] { level, level, level })];

        Assert.Equal([20], Fit(new(pixels, 4, 1), 1, isColour: false));          // of 3 that go, ⌊3/2⌋ on the left
        Assert.Equal([20], Fit(new(pixels, 1, 4), 1, isColour: false));
        Assert.Equal([20, 20, 20], Fit(new(pixels, 4, 1), 1, isColour: true));
    }

    [Theory]
    [InlineData(255, 0, 0, 76)]     // 0.299 · 255 = 76.2
    [InlineData(0, 255, 0, 150)]    // 0.587 · 255 = 149.7
    [InlineData(0, 0, 255, 29)]     // 0.114 · 255 = 29.07
    [InlineData(255, 255, 255, 255)]
    public void GreyWeighsColoursAsTheEyeDoes(byte red, byte green, byte blue, byte grey) =>
        Assert.Equal([grey], Fit(new([red, green, blue], 1, 1), 1, isColour: false));

    [Fact]
    public void ATargetOfAnotherSizeIsRefused() =>
        Assert.Throws<ArgumentException>(() => SquareImage.Fit(new([1, 2, 3], 1, 1), 2, isColour: true, new byte[4]));

    static byte[] Fit(Picture picture, int side, bool isColour)
    {
        byte[] target = new byte[side * side * (isColour ? 3 : 1)];
        SquareImage.Fit(picture, side, isColour, target);
        return target;
    }
}
