using System.Text;
using AeVae.Tracking;

namespace AeVae.Tests.Tracking;

/// <summary>Expected bytes are NumPy's own, printed by fixtures/make_npy.py.</summary>
public sealed class NpyArrayTests
{
    static readonly float[,] Floats = { { -2.5f, -1.5f, -0.5f }, { 0.5f, 1.5f, 2.5f } };
    static readonly byte[] FloatsFile = NumpyFile("'<f4'", "(2, 3)", "000020c00000c0bf000000bf0000003f0000c03f00002040");

    static readonly byte[] Bytes = [3, 1, 255];
    static readonly byte[] BytesFile = NumpyFile("'|u1'", "(3,)", "0301ff");

    static readonly byte[] Images = [0, 1, 2, 3, 4, 5, 6, 7];
    static readonly byte[] ImagesFile = NumpyFile("'|u1'", "(2, 2, 2)", "0001020304050607");

    static readonly double[] Doubles = [0.1, -0.0, BitConverter.Int64BitsToDouble(0x7FF8000000000000), double.Epsilon];
    static readonly byte[] DoublesFile = NumpyFile("'<f8'", "(4,)", "9a9999999999b93f0000000000000080000000000000f87f0100000000000000");

    [Fact]
    public void ArraysAreWrittenAsNumpyWritesThem()
    {
        Assert.Equal(FloatsFile, NpyArray.Write(Floats));
        Assert.Equal(BytesFile, NpyArray.Write(Bytes));
        Assert.Equal(ImagesFile, NpyArray.Write(Images, 2, 2, 2));
        Assert.Equal(DoublesFile, NpyArray.Write(Doubles));
    }

    [Fact]
    public void NumpysFilesAreReadExactly()
    {
        Assert.Equal(Floats, NpyArray.ReadFloatMatrix(FloatsFile));
        Assert.Equal(Bytes, NpyArray.ReadByteVector(BytesFile));
        (byte[] images, IReadOnlyList<int> shape) = NpyArray.ReadByteImages(ImagesFile);
        Assert.Equal(Images, images);
        Assert.Equal([2, 2, 2], shape);
        Assert.Equal(Doubles.Select(BitConverter.DoubleToInt64Bits), NpyArray.ReadDoubleVector(DoublesFile).Select(BitConverter.DoubleToInt64Bits));
    }

    [Fact]
    public void ColoursAreAFourthAxis()
    {
        byte[] file = NumpyFile("'|u1'", "(1, 1, 2, 3)", "000102030405");
        Assert.Equal(file, NpyArray.Write([0, 1, 2, 3, 4, 5], 1, 1, 2, 3));
        (byte[] values, IReadOnlyList<int> shape) = NpyArray.ReadByteImages(file);
        Assert.Equal([0, 1, 2, 3, 4, 5], values);
        Assert.Equal([1, 1, 2, 3], shape);
        Assert.Throws<FormatException>(() => NpyArray.ReadByteImages(BytesFile));
    }

    [Fact]
    public void AnEmptyArrayIsAnArray()
    {
        Assert.Equal(new float[0, 2], NpyArray.ReadFloatMatrix(NpyArray.Write(new float[0, 2])));
        Assert.Empty(NpyArray.ReadByteVector(NpyArray.Write(Array.Empty<byte>())));
    }

    [Fact]
    public void AnotherTypeOrShapeIsNamed()
    {
        var error = Assert.Throws<FormatException>(() => NpyArray.ReadFloatMatrix(BytesFile));
        Assert.StartsWith("expected a .npy file of type '<f4' with 2 axes in C order, found {'descr': '|u1'", error.Message, StringComparison.Ordinal);
        Assert.Throws<FormatException>(() => NpyArray.ReadByteVector(ImagesFile));
        Assert.Throws<FormatException>(() => NpyArray.ReadFloatMatrix(Encoding.ASCII.GetBytes(Encoding.ASCII.GetString(FloatsFile).Replace("False", "True ", StringComparison.Ordinal))));
    }

    [Fact]
    public void AFileThatIsCutShortIsRefusedWhereverItIsCut()
    {
        for (int length = 0; length < DoublesFile.Length; length++)
            Assert.Throws<FormatException>(() => NpyArray.ReadDoubleVector(DoublesFile.AsSpan(0, length)));
        Assert.Throws<FormatException>(() => NpyArray.ReadDoubleVector([.. DoublesFile, 0]));
    }

    [Theory]
    [InlineData("(2000000000, 2000000000)")]   // more bytes than a long counts, and than any memory holds
    [InlineData("(99999999999, 0)")]
    [InlineData("(4294967296, 1)")]
    public void ALengthThatNoArrayHasIsRefusedBeforeOneIsMade(string shape) => Assert.Throws<FormatException>(() => NpyArray.ReadFloatMatrix(NumpyFile("'<f4'", shape, "")));

    static byte[] NumpyFile(string type, string shape, string dataHex) =>
    [
        .. Convert.FromHexString("934e554d505901007600"),
        .. Encoding.ASCII.GetBytes($"{{'descr': {type}, 'fortran_order': False, 'shape': {shape}, }}".PadRight(117) + "\n"),
        .. Convert.FromHexString(dataHex),
    ];
}
