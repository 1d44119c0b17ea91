using System.Buffers.Binary;
using System.Security.Cryptography;
using AeVae.Compute;

namespace AeVae.Data.Batches;

/// <summary>The order in which one epoch visits the training images; depends on the seed and the epoch alone.</summary>
public static class EpochOrder
{
    /// <summary>A permutation of 0 … <paramref name="count"/> − 1, from the stream <c>shuffle</c>.</summary>
    public static int[] Draw(int count, ulong seed, int epoch)
    {
        int[] order = new int[count];
        for (int i = 0; i < count; i++) order[i] = i;
        new RandomStream(seed, "shuffle").Shuffle(order, (uint)epoch);
        return order;
    }

    /// <summary>SHA-256 of the order as little-endian 32-bit integers, lower-case hexadecimal.</summary>
    public static string Sha256(ReadOnlySpan<int> order)
    {
        byte[] bytes = new byte[order.Length * sizeof(int)];
        for (int i = 0; i < order.Length; i++) BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(i * sizeof(int)), order[i]);
        return Convert.ToHexStringLower(SHA256.HashData(bytes));
    }
}
