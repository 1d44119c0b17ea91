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
        if (BitConverter.IsLittleEndian)
        {
            hash.AppendData(MemoryMarshal.AsBytes(tensor.Values.AsSpan()));   // no copy of what may be megabytes
            return;
        }

        byte[] bytes = new byte[tensor.Values.Length * sizeof(float)];
        ToLittleEndian(tensor.Values, bytes);
        hash.AppendData(bytes);
    }

    static byte[] Head(string name, int[] shape)
    {
        byte[] nameBytes = Encoding.UTF8.GetBytes(name);
        byte[] head = new byte[2 * sizeof(int) + nameBytes.Length + shape.Length * sizeof(long)];
        BinaryPrimitives.WriteInt32LittleEndian(head, nameBytes.Length);
        nameBytes.CopyTo(head.AsSpan(sizeof(int)));
        int at = sizeof(int) + nameBytes.Length;
        BinaryPrimitives.WriteInt32LittleEndian(head.AsSpan(at), shape.Length);
        at += sizeof(int);
        foreach (int dimension in shape)
        {
            BinaryPrimitives.WriteInt64LittleEndian(head.AsSpan(at), dimension);
            at += sizeof(long);
        }

        return head;
    }

    /// <summary>fp32, little-endian on every machine.</summary>
    public static void ToLittleEndian(ReadOnlySpan<float> values, Span<byte> bytes)
    {
        if (BitConverter.IsLittleEndian)
        {
            MemoryMarshal.AsBytes(values).CopyTo(bytes);
            return;
        }

        for (int i = 0; i < values.Length; i++) BinaryPrimitives.WriteSingleLittleEndian(bytes[(i * sizeof(float))..], values[i]);
    }
}
