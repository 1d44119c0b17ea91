using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;

namespace AeVae.Models.Checkpoints;

/// <summary>SHA-256 of tensors and numbers; the frame is defined at <see cref="TensorDigest"/>.</summary>
static class StateDigest
{
    public static TensorDigest Of(StoredTensor tensor)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Append(hash, tensor);
        return new(tensor.Name, Convert.ToHexStringLower(hash.GetHashAndReset()));
    }

    /// <summary>One digest of everything: the tensors' frames, then the numbers' frames, each group in ordinal name order.</summary>
    public static string Of(IEnumerable<StoredTensor> tensors, IEnumerable<KeyValuePair<string, double>> scalars)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (StoredTensor tensor in tensors.OrderBy(t => t.Name, StringComparer.Ordinal)) Append(hash, tensor);
        foreach ((string name, double value) in scalars.OrderBy(s => s.Key, StringComparer.Ordinal))
        {
            hash.AppendData(Head(name, []));
            byte[] bytes = new byte[sizeof(double)];
            BinaryPrimitives.WriteDoubleLittleEndian(bytes, value);
            hash.AppendData(bytes);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    static void Append(IncrementalHash hash, StoredTensor tensor)
    {
        hash.AppendData(Head(tensor.Name, tensor.Shape));
        ForEachPart(tensor.Values, hash.AppendData);
    }

    static byte[] Head(string name, IReadOnlyList<int> shape)
    {
        byte[] nameBytes = Encoding.UTF8.GetBytes(name);
        byte[] head = new byte[2 * sizeof(int) + nameBytes.Length + shape.Count * sizeof(long)];
        BinaryPrimitives.WriteInt32LittleEndian(head, nameBytes.Length);
        nameBytes.CopyTo(head.AsSpan(sizeof(int)));
        int at = sizeof(int) + nameBytes.Length;
        BinaryPrimitives.WriteInt32LittleEndian(head.AsSpan(at), shape.Count);
        at += sizeof(int);
        foreach (int dimension in shape)
        {
            BinaryPrimitives.WriteInt64LittleEndian(head.AsSpan(at), dimension);
            at += sizeof(long);
        }

        return head;
    }

    /// <summary>Hands on fp32 values, little-endian on every machine, part by part: a span has at most 2³¹ - 1 bytes, and a tensor may have more.</summary>
    public static void ForEachPart(ReadOnlySpan<float> values, Action<ReadOnlySpan<byte>> take)
    {
        const int MostAtOnce = 1 << 20;
        for (ReadOnlySpan<float> rest = values; !rest.IsEmpty; rest = rest[Math.Min(MostAtOnce, rest.Length)..])
            take(LittleEndian(rest[..Math.Min(MostAtOnce, rest.Length)]));
    }

    // The values' own memory where that is little-endian.
    static ReadOnlySpan<byte> LittleEndian(ReadOnlySpan<float> values)
    {
        if (BitConverter.IsLittleEndian) return MemoryMarshal.AsBytes(values);
        byte[] bytes = new byte[values.Length * sizeof(float)];
        for (int i = 0; i < values.Length; i++) BinaryPrimitives.WriteSingleLittleEndian(bytes.AsSpan(i * sizeof(float)), values[i]);
        return bytes;
    }
}
