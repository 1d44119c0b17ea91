using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using AeVae.Models.Checkpoints;

namespace AeVae.Tests.Models.Checkpoints;

/// <summary>Tensors that are hashed and written in several parts.</summary>
public sealed class LargeTensorTests
{
    const int Elements = (2 << 20) + 3;   // two whole parts and a rest

    static readonly StoredTensor Tensor = new("w", [Elements], [.. Enumerable.Range(0, Elements).Select(i => (float)i)]);

    [Fact]
    public void ItsDigestIsThatOfTheDocumentedFrame()
    {
        byte[] head = [1, 0, 0, 0, (byte)'w', 1, 0, 0, 0, .. BitConverter.GetBytes((long)Elements)];
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData([.. head, .. Bytes()])), StateDigest.Of(Tensor).Sha256);
    }

    [Fact]
    public void TheFileEndsWithItsBytes()
    {
        using MemoryStream file = new();
        SafeTensors.Write(file, [Tensor], new Dictionary<string, string>());
        Assert.True(file.ToArray().AsSpan().EndsWith(Bytes()));
    }

    [Fact]
    public void OneOfMoreBytesThanASpanHoldsComesInParts()
    {
        // Nobody reads the values, so that they need not be there.
        float first = 0;
        ReadOnlySpan<float> values = MemoryMarshal.CreateReadOnlySpan(ref first, int.MaxValue);
        long bytes = 0;
        StateDigest.ForEachPart(values, part => bytes += part.Length);
        Assert.Equal(4L * int.MaxValue, bytes);
    }

    static byte[] Bytes()
    {
        byte[] bytes = new byte[4 * Elements];
        for (int i = 0; i < Elements; i++) BinaryPrimitives.WriteSingleLittleEndian(bytes.AsSpan(4 * i), i);
        return bytes;
    }
}
