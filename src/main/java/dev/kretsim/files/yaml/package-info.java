/**
 * YAML files that are read strictly, by a definition of what may stand in them: a key that is
 * unknown, given twice or of another type is refused with its line and column.
 *
 * <p>The same definition writes a JSON schema. Read {@code Shape} first: a section with its {@code
 * Field}s, each of a {@code Form}.
 */
@NullMarked
package dev.kretsim.files.yaml;

import org.jspecify.annotations.NullMarked;
