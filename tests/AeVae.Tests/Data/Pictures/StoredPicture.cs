namespace AeVae.Tests.Data.Pictures;

/// <summary>A file of fixtures/pictures.txt and what Pillow sees in it; fixtures/make_pictures.py made them.</summary>
sealed record StoredPicture(int Width, int Height, string Sha256, byte[] File)
{
    static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "Data", "Pictures", "fixtures");

    public static IReadOnlyDictionary<string, StoredPicture> All { get; } = Lines("pictures.txt")
        .ToDictionary(words => words[0], words => new StoredPicture(int.Parse(words[1]), int.Parse(words[2]), words[3], Convert.FromBase64String(words[4])));

    public static IEnumerable<string[]> Lines(string fixture) => System.IO.File.ReadLines(Path.Combine(Folder, fixture)).Select(line => line.Split(' '));
}
