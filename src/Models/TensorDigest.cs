namespace AeVae.Models;

/// <summary>Digest of one tensor: lower-case hexadecimal SHA-256 of its frame.</summary>
/// <remarks>
/// The frame of a tensor: length of the name in UTF-8 bytes (int32), the name, number of dimensions (int32), each dimension (int64), then the elements as
/// fp32 in row-major order of the shape; everything little-endian. A weight has shape (out, in), a bias (out), as in PyTorch. The digest of several tensors
/// is the SHA-256 of their frames one after another, in ordinal order of the names. A number of the optimiser's state follows them in the same way, with
/// 0 dimensions and its one element as fp64.
/// </remarks>
/// <param name="Name">Name of the tensor, for example <c>encoder.0.weight</c> or <c>optimizer.exp_avg.encoder.0.weight</c>.</param>
/// <param name="Sha256">Lower-case hexadecimal SHA-256.</param>
public sealed record TensorDigest(string Name, string Sha256);
