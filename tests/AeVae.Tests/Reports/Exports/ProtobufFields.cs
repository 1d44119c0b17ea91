namespace AeVae.Tests.Reports.Exports;

/// <summary>Reads messages of Protocol Buffers, written from their description and not from the writer.</summary>
static class ProtobufFields
{
    /// <summary>The values of each field, in order, without their tags and lengths.</summary>
    public static Dictionary<int, List<byte[]>> Fields(byte[] message)
    {
        Dictionary<int, List<byte[]>> fields = [];
        int at = 0;
        while (at < message.Length)
        {
            int tag = (int)Varint(message, ref at);
            int begin = at;
            switch (tag & 7)
            {
                case 0: Varint(message, ref at); break;
                case 1: at += 8; break;
                case 2:
                    int length = (int)Varint(message, ref at);
                    begin = at;
                    at += length;
                    break;
                case 5: at += 4; break;
                default: throw new FormatException($"wire type {tag & 7}");
            }

            if (!fields.TryGetValue(tag >> 3, out List<byte[]>? values)) fields[tag >> 3] = values = [];
            values.Add(message[begin..at]);
        }

        return fields;
    }

    /// <summary>The integer that a field holds.</summary>
    public static long Varint(byte[] bytes)
    {
        int at = 0;
        return Varint(bytes, ref at);
    }

    static long Varint(byte[] bytes, ref int at)
    {
        long value = 0;
        for (int shift = 0; ; shift += 7)
        {
            value |= (long)(bytes[at] & 0x7f) << shift;
            if (bytes[at++] < 0x80) return value;
        }
    }
}
