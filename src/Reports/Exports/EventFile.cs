using System.Buffers.Binary;
using System.Numerics;

namespace AeVae.Reports.Exports;

/// <summary>A file of events as TensorBoard reads it.</summary>
/// <remarks>Records are those of TensorFlow: a length, its checksum, the message, its checksum. The fields of messages are those of its <c>event.proto</c> and <c>summary.proto</c>.</remarks>
sealed class EventFile
{
    readonly Stream file;

    /// <summary>Begins a file.</summary>
    public EventFile(Stream file, DateTimeOffset at)
    {
        this.file = file;
        Write(new ProtobufMessage().AddDouble(1, Seconds(at)).Add(3, "brain.Event:2"));
    }

    /// <summary>Time as it stands in messages.</summary>
    public static double Seconds(DateTimeOffset time) => (time - DateTimeOffset.UnixEpoch).TotalSeconds;

    /// <summary>Adds values that were known at one time.</summary>
    /// <param name="at">When.</param>
    /// <param name="step">Where they stand on the axis.</param>
    /// <param name="values">Messages <c>Summary.Value</c>.</param>
    public void Add(DateTimeOffset at, int step, IEnumerable<ProtobufMessage> values)
    {
        ProtobufMessage summary = new();
        foreach (ProtobufMessage value in values)
            summary.Add(1, value);
        Write(new ProtobufMessage().AddDouble(1, Seconds(at)).AddInteger(2, step).Add(5, summary));
    }

    void Write(ProtobufMessage message)
    {
        byte[] data = message.ToArray();
        Span<byte> length = stackalloc byte[sizeof(ulong)];
        BinaryPrimitives.WriteUInt64LittleEndian(length, (ulong)data.Length);
        Write(length);
        Write(data);
    }

    void Write(ReadOnlySpan<byte> part)
    {
        file.Write(part);
        uint crc = uint.MaxValue;
        foreach (byte b in part)
            crc = BitOperations.Crc32C(crc, b);
        Span<byte> masked = stackalloc byte[sizeof(uint)];
        // A checksum of data that holds checksums is a weak one, so it is changed by a known amount.
        BinaryPrimitives.WriteUInt32LittleEndian(masked, BitOperations.RotateRight(~crc, 15) + 0xa282ead8);
        file.Write(masked);
    }
}
