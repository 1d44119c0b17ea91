using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace AeVae.Reports.Exports;

/// <summary>A message of Protocol Buffers as it is put together, field by field.</summary>
/// <remarks>https://protobuf.dev/programming-guides/encoding</remarks>
public sealed class ProtobufMessage
{
    const int Varint = 0, Fixed64 = 1, LengthPrefixed = 2, Fixed32 = 5;   // wire types

    readonly ArrayBufferWriter<byte> bytes = new();

    /// <summary>An integer or enumeration, not negative.</summary>
    public ProtobufMessage AddInteger(int field, long value)
    {
        Tag(field, Varint);
        WriteVarint((ulong)value);
        return this;
    }

    /// <summary>A float.</summary>
    public ProtobufMessage AddFloat(int field, float value)
    {
        Tag(field, Fixed32);
        Span<byte> word = stackalloc byte[sizeof(float)];
        BinaryPrimitives.WriteSingleLittleEndian(word, value);
        bytes.Write(word);
        return this;
    }

    /// <summary>A double.</summary>
    public ProtobufMessage AddDouble(int field, double value)
    {
        Tag(field, Fixed64);
        Span<byte> word = stackalloc byte[sizeof(double)];
        BinaryPrimitives.WriteDoubleLittleEndian(word, value);
        bytes.Write(word);
        return this;
    }

    /// <summary>Text.</summary>
    public ProtobufMessage Add(int field, string text) => Add(field, Encoding.UTF8.GetBytes(text));

    /// <summary>A message within this one.</summary>
    public ProtobufMessage Add(int field, ProtobufMessage message) => Add(field, message.ToArray());

    /// <summary>Bytes.</summary>
    public ProtobufMessage Add(int field, ReadOnlySpan<byte> content)
    {
        Tag(field, LengthPrefixed);
        WriteVarint((ulong)content.Length);
        bytes.Write(content);
        return this;
    }

    /// <summary>The message as it is sent or stored.</summary>
    public byte[] ToArray() => bytes.WrittenSpan.ToArray();

    void Tag(int field, int wireType) => WriteVarint((ulong)(field << 3 | wireType));

    void WriteVarint(ulong value)
    {
        for (; value >= 0x80; value >>= 7)
            bytes.Write([(byte)(value | 0x80)]);
        bytes.Write([(byte)value]);
    }
}
