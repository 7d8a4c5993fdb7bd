/* Each module attaches one behaviour to a data- attribute; a page works without any of them. */
