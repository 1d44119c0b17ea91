using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace AeVae.Tracking.Journals;

/// <summary>One line of a journal: a record, and the process that had the run.</summary>
/// <param name="Host">As in <see cref="Lease"/>.</param>
/// <param name="BootId">As in <see cref="Lease"/>.</param>
/// <param name="ProcessId">As in <see cref="Lease"/>.</param>
/// <param name="ProcessStart">As in <see cref="Lease"/>.</param>
/// <param name="Record">What waits to be stored.</param>
sealed record JournalLine(string Host, string BootId, int ProcessId, long ProcessStart, RunRecord Record)
{
    const string DigestName = "sha256";
    const string LineName = "line";

    static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        Converters = { new ExactDouble(), new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower) },
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        RespectRequiredConstructorParameters = true,
        RespectNullableAnnotations = true,
    };

    /// <summary>Of this process.</summary>
    public static JournalLine Of(RunRecord record) => new(Lease.Current.Host, Lease.Current.BootId, Lease.Current.ProcessId, Lease.Current.ProcessStart, record);

    /// <summary>The process that had the run.</summary>
    [JsonIgnore]
    public Lease Lease => new(Host, BootId, ProcessId, ProcessStart);

    /// <summary>As JSON under a digest, with the line's end.</summary>
    public byte[] ToBytes()
    {
        string line = JsonSerializer.Serialize(this, Json);
        return Encoding.UTF8.GetBytes($"{{\"{DigestName}\":\"{Digest(line)}\",\"{LineName}\":{line}}}\n");
    }

    /// <summary>Reads it back; null when it is torn or damaged.</summary>
    /// <exception cref="InvalidDataException">It is whole, but this program does not understand it.</exception>
    public static JournalLine? Parse(string text)
    {
        if (Whole(text) is not { } line)
            return null;
        try
        {
            return JsonSerializer.Deserialize<JournalLine>(line, Json);
        }
        catch (JsonException exception)
        {
            throw new InvalidDataException($"it was written by another version of the program: {exception.Message}", exception);
        }
    }

    static string? Whole(string text)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(text);
            string line = document.RootElement.GetProperty(LineName).GetRawText();
            return document.RootElement.GetProperty(DigestName).GetString() == Digest(line) ? line : null;
        }
        catch (Exception exception) when (exception is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            return null;
        }
    }

    static string Digest(string line) => TextSha256.Of(line);

    /// <summary>A double as its 64 bits in hex: NaN, the infinities and −0 are as exact as any other.</summary>
    sealed class ExactDouble : JsonConverter<double>
    {
        public override double Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            ulong.TryParse(reader.GetString(), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out ulong bits) ? BitConverter.UInt64BitsToDouble(bits) : throw new JsonException();

        public override void Write(Utf8JsonWriter writer, double value, JsonSerializerOptions options) =>
            writer.WriteStringValue(BitConverter.DoubleToUInt64Bits(value).ToString("x16", CultureInfo.InvariantCulture));
    }
}
