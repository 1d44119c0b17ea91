using System.Buffers.Binary;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace AeVae.Models.Checkpoints;

/// <summary>The safetensors format, fp32 only: 8 bytes of header length, a JSON header padded with spaces to 8 bytes, then the elements.</summary>
/// <remarks>https://huggingface.co/docs/safetensors</remarks>
static class SafeTensors
{
    const int MaxHeaderBytes = 100_000_000;   // the format's own limit
    const int Alignment = 8;

    public static void Write(Stream file, IReadOnlyList<StoredTensor> tensors, IReadOnlyDictionary<string, string> metadata)
    {
        byte[] header = Header(tensors, metadata);
        byte[] length = new byte[sizeof(ulong)];
        BinaryPrimitives.WriteUInt64LittleEndian(length, (ulong)header.Length);
        file.Write(length);
        file.Write(header);
        foreach (StoredTensor tensor in tensors) file.Write(StateDigest.LittleEndian(tensor.Values));
    }

    /// <exception cref="InvalidDataException">The file is torn or no safetensors file of fp32 tensors.</exception>
    public static (IReadOnlyList<StoredTensor> Tensors, IReadOnlyDictionary<string, string> Metadata) Read(string path)
    {
        byte[] file = File.ReadAllBytes(path);
        if (file.Length < sizeof(ulong)) throw Torn(path, $"it ends after {file.Length} bytes");
        ulong length = BinaryPrimitives.ReadUInt64LittleEndian(file);
        if (length > MaxHeaderBytes) throw new InvalidDataException($"{path} is no safetensors file: its header would be {length} bytes long.");
        if ((ulong)file.Length - sizeof(ulong) < length) throw Torn(path, $"it ends after {file.Length} bytes, within its header");
        ReadOnlyMemory<byte> data = file.AsMemory(sizeof(ulong) + (int)length);
        try
        {
            using JsonDocument header = JsonDocument.Parse(file.AsMemory(sizeof(ulong), (int)length));
            var metadata = new Dictionary<string, string>();
            var tensors = new List<StoredTensor>();
            long end = 0;
            foreach (JsonProperty entry in header.RootElement.EnumerateObject())
            {
                if (entry.Name == "__metadata__")
                {
                    foreach (JsonProperty pair in entry.Value.EnumerateObject()) metadata[pair.Name] = pair.Value.GetString()!;
                    continue;
                }

                (StoredTensor tensor, long tensorEnd) = ReadTensor(path, entry, data);
                tensors.Add(tensor);
                end = Math.Max(end, tensorEnd);
            }

            return end == data.Length ? (tensors, metadata) : throw Torn(path, $"{data.Length - end} bytes follow the last tensor");
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or KeyNotFoundException or FormatException or OverflowException or IndexOutOfRangeException)
        {
            throw new InvalidDataException($"{path} is no safetensors file, or is damaged: {e.Message}", e);
        }
    }

    static (StoredTensor Tensor, long End) ReadTensor(string path, JsonProperty entry, ReadOnlyMemory<byte> data)
    {
        string? type = entry.Value.GetProperty("dtype").GetString();
        if (type != "F32") throw new InvalidDataException($"{path}: tensor '{entry.Name}' is {type}, but a checkpoint holds F32 only.");
        int[] shape = [.. entry.Value.GetProperty("shape").EnumerateArray().Select(d => d.GetInt32())];
        JsonElement offsets = entry.Value.GetProperty("data_offsets");
        long begin = offsets[0].GetInt64(), end = offsets[1].GetInt64();
        long elements = shape.Aggregate(1L, (product, dimension) => checked(product * dimension));
        if (begin < 0 || end - begin != elements * sizeof(float)) throw new InvalidDataException($"{path}: tensor '{entry.Name}' has {elements} elements but {end - begin} bytes.");
        if (end > data.Length) throw Torn(path, $"tensor '{entry.Name}' ends at byte {end} of its data, which has {data.Length}");

        float[] values = new float[elements];
        ReadOnlySpan<byte> bytes = data.Span[(int)begin..(int)end];
        for (int i = 0; i < values.Length; i++) values[i] = BinaryPrimitives.ReadSingleLittleEndian(bytes[(i * sizeof(float))..]);
        return (new StoredTensor(entry.Name, shape, values), end);
    }

    static byte[] Header(IReadOnlyList<StoredTensor> tensors, IReadOnlyDictionary<string, string> metadata)
    {
        using var json = new MemoryStream();
        using (Utf8JsonWriter writer = new(json, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            writer.WriteStartObject();
            writer.WriteStartObject("__metadata__");
            foreach ((string key, string value) in metadata) writer.WriteString(key, value);
            writer.WriteEndObject();
            long begin = 0;
            foreach (StoredTensor tensor in tensors)
            {
                long end = begin + (long)tensor.Values.Length * sizeof(float);
                writer.WriteStartObject(tensor.Name);
                writer.WriteString("dtype", "F32");
                writer.WriteStartArray("shape");
                foreach (int dimension in tensor.Shape) writer.WriteNumberValue(dimension);
                writer.WriteEndArray();
                writer.WriteStartArray("data_offsets");
                writer.WriteNumberValue(begin);
                writer.WriteNumberValue(end);
                writer.WriteEndArray();
                writer.WriteEndObject();
                begin = end;
            }

            writer.WriteEndObject();
        }

        while (json.Length % Alignment != 0) json.WriteByte((byte)' ');
        return json.ToArray();
    }

    static InvalidDataException Torn(string path, string found) => new($"{path} is torn: {found}. Use another checkpoint.");
}
