using System.Buffers.Binary;
using System.IO.Compression;
using System.Security.Cryptography;
using AeVae.Compute;
using AeVae.Data.Pictures;
using AeVae.Reports.Drawing;

namespace AeVae.Tests.Data.Pictures;

public sealed class PictureReaderTests
{
    const string Cmyk = "jpeg-cmyk";

    public static TheoryData<string> Readable => [.. StoredPicture.All.Keys.Where(name => name != Cmyk)];

    [Theory]
    [MemberData(nameof(Readable))]
    public void EveryPixelIsThatOfPillow(string name)
    {
        StoredPicture stored = StoredPicture.All[name];

        Picture picture = PictureReader.Read(stored.File);

        Assert.Equal((stored.Width, stored.Height), (picture.Width, picture.Height));
        Assert.Equal(stored.Sha256, Convert.ToHexStringLower(SHA256.HashData(picture.Rgb)));
    }

    [Fact]
    public void TransparencyLiesOnWhite()
    {
        byte[] row = [0, 100, 0, 100, 255, 100, 51];   // no filter, then grey and opacity

        Assert.Equal([255, 255, 255, 100, 100, 100, 224, 224, 224], PictureReader.Read(Png(3, 1, 8, colourType: 4, row)).Rgb);   // (51·100 + 204·255) / 255
    }

    [Fact]
    public void FilesOfOtherKindsAreRefused()
    {
        Assert.Equal("is empty", Refusal([]));
        Assert.Equal("is neither a JPEG nor a PNG file", Refusal("II*\0 a TIFF"u8));
        Assert.Equal("is a GIF file: save it as JPEG or PNG", Refusal("GIF89a"u8));
        Assert.Equal("is a WebP file: save it as JPEG or PNG", Refusal("RIFF    WEBPVP8 "u8));
        Assert.Equal("is a JPEG with 4 colour components (CMYK): save it as RGB", Refusal(StoredPicture.All[Cmyk].File));
        Assert.Equal("is a JPEG with 12 bits per sample: save it with 8", Refusal(WithFrame(frame => frame[4] = 12)));
        Assert.Equal("is a lossless, hierarchical or arithmetic-coded JPEG, which few programs read: save it as an ordinary one", Refusal(WithFrame(frame => frame[1] = 0xc9)));
        Assert.Equal("is a JPEG whose colours have 1½ pixels per sample: save it with 4:4:4, 4:2:2 or 4:2:0", Refusal(WithFrame(frame => (frame[11], frame[14]) = (0x31, 0x21))));
    }

    [Theory]
    [InlineData(60_000, 60_000, "has 60000 × 60000 pixels; 100 million are the most")]
    [InlineData(10_000, 10_000, "announces 10000 × 10000 pixels, which its ")]
    [InlineData(0, 7, "announces 0 × 7 pixels; a picture has at least one")]
    public void ADamagedSizeIsRefusedBeforeItsPixelsAreAskedFor(ushort width, ushort height, string refusal)
    {
        byte[] jpeg = WithFrame(frame =>
        {
            BinaryPrimitives.WriteUInt16BigEndian(frame[5..], height);
            BinaryPrimitives.WriteUInt16BigEndian(frame[7..], width);
        });
        long before = GC.GetAllocatedBytesForCurrentThread();

        Assert.StartsWith(refusal, Refusal(jpeg));
        Assert.StartsWith(refusal, Refusal(Png(width, height, 8, colourType: 2, [0, 1, 2, 3])));

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1_000_000);
    }

    [Fact]
    public void DamagedPngFilesSayWhatIsWrong()
    {
        byte[] whole = Png(1, 1, 8, colourType: 0, [0, 7]);
        byte[] flipped = [.. whole];
        flipped[19]++;   // the width

        Assert.Equal("is damaged: the checksum of its chunk IHDR is wrong", Refusal(flipped));
        Assert.Equal("ends in the middle of its chunk IHDR", Refusal(whole.AsSpan(0, 21)));
        Assert.Equal("ends in the middle of a PNG file: its last chunk is missing", Refusal(whole.AsSpan(0, whole.Length - 12)));
        Assert.Equal("is damaged: there is no PNG of colour type 2 with 4 bits per sample", Refusal(Png(1, 1, 4, colourType: 2, [0, 7])));
        Assert.Equal("is damaged: a row of pixels has the filter 5; PNG has 0 to 4", Refusal(Png(1, 1, 8, colourType: 0, [5, 7])));
        Assert.Equal("is damaged: its packed pixels end too early", Refusal(Png(2, 1, 8, colourType: 0, [0, 7])));
        Assert.Equal("is damaged: its palette has 0 bytes; 3 for each of 1 to 256 colours are allowed", Refusal(Png(1, 1, 8, colourType: 3, [0, 0])));
        Assert.Equal("is damaged: a pixel has colour 2 of a palette of 2", Refusal(Png(1, 1, 8, colourType: 3, [0, 2], ("PLTE", new byte[6]))));
        Assert.Equal("is damaged: its transparent colour has 3 bytes, not 2", Refusal(Png(1, 1, 8, colourType: 0, [0, 2], ("tRNS", new byte[3]))));
        Assert.Equal("has a chunk NEWS, which no PNG standard knows", Refusal(Png(1, 1, 8, colourType: 0, [0, 2], ("NEWS", []))));
    }

    [Theory]
    [InlineData("jpeg-4:2:0")]
    [InlineData("jpeg-coefficients-progression")]
    public void PixelsThatLackTheirLastByteAreRefused(string name)
    {
        byte[] file = StoredPicture.All[name].File;

        Assert.Equal("ends in the middle of the pixels of a JPEG, or is damaged there", Refusal([.. file[..^3], .. file[^2..]]));   // the marker of the end stays
    }

    [Theory]
    [InlineData("png-2-8")]
    [InlineData("png-3-4-adam7-trns")]
    [InlineData("jpeg-4:2:0")]
    [InlineData("jpeg-4:2:0-progressive")]
    [InlineData("jpeg-coefficients-4:2:2-each")]
    public void NoBeginningOfAFileIsReadAsAPicture(string name)
    {
        byte[] file = StoredPicture.All[name].File;

        Assert.All(Enumerable.Range(0, file.Length), length => Refusal(file.AsSpan(0, length)));
    }

    [Fact]
    public void ADamagedFileIsReadOrRefusedAndNothingElse()
    {
        const int VariantsPerFile = 6, MostChanges = 8;
        uint[] draws = new uint[2 * MostChanges + 2];
        (uint step, int refused) = (0, 0);
        foreach ((string name, StoredPicture stored) in StoredPicture.All)
        {
            for (int variant = 0; variant < VariantsPerFile; variant++, step++)
            {
                new RandomStream(1, "damaged pictures").FillBits(draws, step, epoch: 0);
                byte[] file = [.. stored.File];
                for (int change = 0; change <= draws[^1] % MostChanges; change++)
                    file[draws[2 * change] % file.Length] = (byte)draws[2 * change + 1];
                if (variant % 3 == 0) file = WithChecksums(file);
                if (variant % 6 == 5) file = file[..(int)(draws[^2] % file.Length)];
                try
                {
                    Picture picture = PictureReader.Read(file);
                    Assert.Equal(picture.Width * picture.Height * Picture.Channels, picture.Rgb.Length);
                }
                catch (InvalidDataException)
                {
                    refused++;
                }
                catch (Exception escaped)
                {
                    Assert.Fail($"{name}, variant {variant}: {escaped}");
                }
            }
        }

        Assert.InRange(refused, 300, (int)step);
    }

    static string Refusal(ReadOnlySpan<byte> file)
    {
        byte[] bytes = file.ToArray();
        return Assert.Throws<InvalidDataException>(() => PictureReader.Read(bytes)).Message;
    }

    delegate void Change(Span<byte> frame);

    /// <summary>An ordinary JPEG file with a changed frame header: ff, marker, length (2), bits, height (2), width (2), 3, then name, sampling and table of each component.</summary>
    static byte[] WithFrame(Change change)
    {
        byte[] file = [.. StoredPicture.All["jpeg-4:2:0"].File];
        change(file.AsSpan(file.AsSpan().IndexOf((ReadOnlySpan<byte>)[0xff, 0xc0])));
        return file;
    }

    static byte[] Png(int width, int height, byte depth, byte colourType, byte[] rows, params (string Type, byte[] Data)[] chunks)
    {
        using MemoryStream png = new(), packed = new();
        using (var deflate = new ZLibStream(packed, CompressionLevel.Fastest, leaveOpen: true)) deflate.Write(rows);
        byte[] header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), height);
        (header[8], header[9]) = (depth, colourType);
        png.Write(PngChunk.Signature);
        foreach ((string type, byte[] data) in (IEnumerable<(string, byte[])>)[("IHDR", header), .. chunks, ("IDAT", packed.ToArray()), ("IEND", [])])
            PngChunk.Write(png, System.Text.Encoding.ASCII.GetBytes(type), data);
        return png.ToArray();
    }

    /// <summary>A damaged PNG file with the checksums that it should have, as far as its chunks can be followed: damage then reaches what lies behind the checksums.</summary>
    static byte[] WithChecksums(byte[] file)
    {
        if (!file.AsSpan().StartsWith(PngChunk.Signature)) return file;
        using MemoryStream png = new();
        png.Write(PngChunk.Signature);
        ReadOnlySpan<byte> rest = file.AsSpan(PngChunk.Signature.Length);
        while (rest.Length >= 12 && BinaryPrimitives.ReadUInt32BigEndian(rest) <= rest.Length - 12)
        {
            int length = BinaryPrimitives.ReadInt32BigEndian(rest);
            PngChunk.Write(png, rest.Slice(4, 4), rest.Slice(8, length));
            rest = rest[(12 + length)..];
        }

        png.Write(rest);
        return png.ToArray();
    }
}
